import { expect, test } from "vitest";
import { formatSource, parseDeb822Sources, parseOneLineSources, withSuite } from "./apt-sources.ts";

const DEB822 = `# the archive
Types: deb deb-src
URIs: http://deb.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://deb.example/debian-security
Suites: bookworm-security
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
Enabled: no
URIs: http://off.example/debian
Suites: bookworm
Components: main
`;

test("of a deb822 file only the base suite becomes sid, with its keyring", () => {
  expect(withSuite(parseDeb822Sources(DEB822), "bookworm", "sid")).toEqual([
    {
      uri: "http://deb.example/debian",
      suite: "sid",
      components: ["main"],
      options: { "Signed-By": "/usr/share/keyrings/debian-archive-keyring.gpg" },
    },
  ]);
});

test("a key that is written into the stanza survives the way through", () => {
  const key = "\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mQINBF\n -----END PGP PUBLIC KEY BLOCK-----";
  const text = `Types: deb\nURIs: http://a.example/debian\nSuites: trixie\nComponents: main\nSigned-By:${key}\n`;
  const [source] = withSuite(parseDeb822Sources(text), "trixie", "sid");
  expect(formatSource(source!)).toBe(
    `Types: deb\nURIs: http://a.example/debian\nSuites: sid\nComponents: main\nSigned-By: ${key}\n`,
  );
});

test("a one-line file gives the same, and other vendors' archives are left out", () => {
  const text = `
deb [arch=amd64 signed-by=/usr/share/keyrings/d.gpg] http://deb.example/debian bookworm main contrib # mirror
deb http://deb.example/debian bookworm-updates main
# deb http://old.example/debian bookworm main
deb-src http://deb.example/debian bookworm main
deb https://cloud.example/apt cloud-sdk-bookworm main
deb https://node.example/node_20.x nodistro main
deb https://docker.example/linux/debian bookworm stable`;
  expect(withSuite(parseOneLineSources(text), "bookworm", "sid")).toEqual([
    {
      uri: "http://deb.example/debian",
      suite: "sid",
      components: ["main"],
      options: { "Signed-By": "/usr/share/keyrings/d.gpg" },
    },
  ]);
});
