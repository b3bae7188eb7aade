import { expect, it } from "vitest";
import { commandLine } from "./command-line.ts";

const places = { data: "/d a", holdout: "/h", out: "/o", checkpoint: "/c", seed: 7 };

it("fills in the places, spaces and all, as one word each", () => {
  expect(
    commandLine("train --in {data} --judge {holdout} --to={out} -s {seed} -c {checkpoint}", places),
  ).toEqual(["train", "--in", "/d a", "--judge", "/h", "--to=/o", "-s", "7", "-c", "/c"]);
});

it("adds the dataset and the folder for the result where the command names neither", () => {
  expect(commandLine("python3 training/junction.py --minutes 0.2", places)).toEqual([
    "python3",
    "training/junction.py",
    "--minutes",
    "0.2",
    "--data",
    "/d a",
    "--out",
    "/o",
  ]);
});

it("knows quotes, and expands nothing a shell would", () => {
  expect(commandLine(`sh -c 'echo $HOME; "x"' "a \\" b" c\\ d {out}`, places)).toEqual([
    "sh",
    "-c",
    `echo $HOME; "x"`,
    'a " b',
    "c d",
    "/o",
  ]);
});

it.each(["", "   ", 'train "half', "train 'half"])("refuses %j", (command) => {
  expect(() => commandLine(command, places)).toThrow(
    expect.objectContaining({ code: "BAD_TRAINER_COMMAND" }),
  );
});
