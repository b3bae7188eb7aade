import type { NatsUser } from "./users.ts";

/** Columns of a line of subjects, indent not counted. */
const WIDTH = 100;

/** The environment variable that holds a user's password. */
export function passwordVariable(user: string): string {
  return `NATS_PASSWORD_${user.replaceAll("-", "_").toUpperCase()}`;
}

/** The users as a block of a nats-server configuration. */
export function formatUsers(users: readonly NatsUser[]): string {
  const blocks = users.map(
    ({ name, purpose, publish, denyPublish, subscribe }) => `  # ${purpose}
  {
    user: ${quote(name)}
    password: $${passwordVariable(name)}
    permissions {
      publish {
        allow: ${list(publish)}${denyPublish.length > 0 ? `\n        deny: ${list(denyPublish)}` : ""}
      }
      subscribe { allow: ${list(subscribe)} }
      allow_responses { max: 1000, expires: "1m" }
    }
  }`,
  );
  return `# Generated from the pipelines' declarations by \`npm run docs\`; edit deploy/nats/users.ts instead.
users = [
${blocks.join("\n")}
]
`;
}

/** Subjects in lines of a readable width, a new line with each new kind. */
function list(subjects: readonly string[]): string {
  const lines: string[] = [];
  let kind = "";
  for (const subject of subjects) {
    const own = subject
      .split(".")
      .slice(0, subject.startsWith("$JS.API") ? 4 : 1)
      .join(".");
    const last = lines.at(-1);
    if (last !== undefined && own === kind && last.length + subject.length < WIDTH)
      lines[lines.length - 1] = `${last}, ${quote(subject)}`;
    else lines.push(quote(subject));
    kind = own;
  }
  return `[\n${lines.map((line) => `          ${line}`).join("\n")}\n        ]`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
