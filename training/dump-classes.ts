// Prints the symbol classes in label order as JSON, for the trainers: npx tsx training/dump-classes.ts
import { classNames } from "#shared/symbols";

console.log(JSON.stringify(classNames));
