import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "#test/nats";
import { ensureNatsServer } from "./ensure.ts";
import { fetchFromApt } from "./fetch-apt.ts";
import { fetchRelease } from "./fetch-release.ts";
import { binaryVersion } from "./find.ts";
import { withFolderLock } from "./folder-lock.ts";

const arch = { x64: "amd64", arm64: "arm64" }[process.arch as "x64"];
const name = `nats-server-v2.14.7-${process.platform}-${arch}`;

/** A place that publishes one release, as the official one looks; its executable is a script. */
async function releaseSite(root: string, options: { sums?: (digest: string) => string } = {}) {
  await mkdir(join(root, name), { recursive: true });
  await script(join(root, name, "nats-server"), "2.14.7");
  execFileSync("tar", ["-czf", `${name}.tar.gz`, name], { cwd: root });
  const digest = createHash("sha256")
    .update(await readFile(join(root, `${name}.tar.gz`)))
    .digest("hex");
  await writeFile(join(root, "SHA256SUMS"), (options.sums ?? ((hex) => `${hex}  ${name}.tar.gz\n`))(digest));
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url!.slice(1);
    asked.push(path);
    readFile(join(root, path)).then(
      (bytes) => response.end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function script(path: string, version: string) {
  await writeFile(path, `#!/bin/sh\necho "nats-server: v${version}"\n`);
  await chmod(path, 0o755);
}

test("a release is downloaded, checked against its SHA256SUMS and unpacked", async () => {
  await using folder = await temporaryFolder();
  await using site = await releaseSite(join(folder.path, "site"));
  const target = join(folder.path, "target");
  await mkdir(target);
  const path = await fetchRelease(target, { baseUrl: site.url, version: "2.14.7" });
  expect(await binaryVersion(path)).toBe("2.14.7");
  expect(site.asked).toEqual(["SHA256SUMS", `${name}.tar.gz`]);
});

test("a release whose bytes are not the published ones is refused and not unpacked", async () => {
  await using folder = await temporaryFolder();
  await using site = await releaseSite(join(folder.path, "site"), {
    sums: (digest) => `${digest.replace(/^./, digest.startsWith("0") ? "1" : "0")}  ${name}.tar.gz\n`,
  });
  const target = join(folder.path, "target");
  await mkdir(target);
  await expect(fetchRelease(target, { baseUrl: site.url, version: "2.14.7" })).rejects.toThrow(/not used/);
  expect(await readdir(target)).toEqual([]);
});

test("a release that nobody serves fails at once, with the address in the sentence", async () => {
  await using folder = await temporaryFolder();
  await expect(
    fetchRelease(folder.path, { baseUrl: "http://127.0.0.1:9/x", version: "2.14.7" }),
  ).rejects.toThrow(/http:\/\/127\.0\.0\.1:9\/x\/SHA256SUMS cannot be fetched/);
});

test("several that need a server at once fetch it once, and the next finds it in the cache", async () => {
  await using folder = await temporaryFolder();
  await using site = await releaseSite(join(folder.path, "site"));
  const home = join(folder.path, "home");
  const options = {
    env: { PATH: "", PENSTOCK_HOME: home },
    sbin: [],
    release: { baseUrl: site.url, version: "2.14.7" },
  };
  const found = await Promise.all([1, 2, 3].map(() => ensureNatsServer(options)));
  expect(site.asked).toEqual(["SHA256SUMS", `${name}.tar.gz`]);
  expect(found.map(({ source }) => source).sort()).toEqual(["cache", "cache", "release"]);
  expect(new Set(found.map(({ path }) => path))).toEqual(new Set([join(home, "bin/nats-server")]));
  expect((await ensureNatsServer(options)).source).toBe("cache");
  expect(await readdir(home)).toEqual(["bin"]);
});

test("a machine without a server and without a way to get one is told every reason in one error", async () => {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, "os-release"), "ID=fedora\n");
  await script(join(folder.path, "nats-server"), "2.9.1");
  const missing = ensureNatsServer({
    env: { PATH: folder.path, PENSTOCK_HOME: join(folder.path, "home") },
    sbin: [],
    release: { baseUrl: "http://127.0.0.1:9/x", version: "2.14.7" },
    apt: { osRelease: join(folder.path, "os-release") },
  });
  await expect(missing).rejects.toMatchObject({
    code: "NATS_SERVER_MISSING",
    exitCode: 78,
    message: expect.stringMatching(
      /2\.14\.0 or newer .*nats-server 2\.9\.1 at .* is too old.*127\.0\.0\.1:9.*Debian only/s,
    ),
  });
});

const hasApt = existsSync("/usr/bin/apt-get") && existsSync("/usr/bin/dpkg-deb");

/** A Debian archive in a folder, with one nats-server package in suite sid, and an /etc/apt that knows only bookworm. */
async function debianArchive(root: string) {
  const debArch = execFileSync("dpkg", ["--print-architecture"], { encoding: "utf8" }).trim();
  const pkg = join(root, "pkg");
  const repo = join(root, "repo");
  const index = join(repo, `dists/sid/main/binary-${debArch}`);
  await mkdir(join(pkg, "DEBIAN"), { recursive: true });
  await mkdir(join(pkg, "usr/sbin"), { recursive: true });
  await mkdir(index, { recursive: true });
  await script(join(pkg, "usr/sbin/nats-server"), "2.14.9");
  const control = `Package: nats-server\nVersion: 2.14.9-1\nArchitecture: ${debArch}\nMaintainer: T <t@example.org>\nDescription: test\n`;
  await writeFile(join(pkg, "DEBIAN/control"), control);
  execFileSync("dpkg-deb", ["--root-owner-group", "-b", pkg, join(repo, "nats-server.deb")]);
  const deb = await readFile(join(repo, "nats-server.deb"));
  const sha = createHash("sha256").update(deb).digest("hex");
  const packages = `${control}Filename: nats-server.deb\nSize: ${deb.length}\nSHA256: ${sha}\n`;
  await writeFile(join(index, "Packages"), packages);
  const digest = createHash("sha256").update(packages).digest("hex");
  await writeFile(
    join(repo, "dists/sid/Release"),
    `Suite: sid\nCodename: sid\nComponents: main\nArchitectures: ${debArch}\nDate: Thu, 01 Jan 2026 00:00:00 UTC\nSHA256:\n ${digest} ${packages.length} main/binary-${debArch}/Packages\n`,
  );
  const etc = join(root, "etc");
  await mkdir(join(etc, "sources.list.d"), { recursive: true });
  await writeFile(
    join(etc, "sources.list.d/debian.sources"),
    `Types: deb\nURIs: file:${repo}\nSuites: bookworm bookworm-updates\nComponents: main\nTrusted: yes\n`,
  );
  await writeFile(join(root, "os-release"), "ID=debian\nVERSION_CODENAME=bookworm\n");
  return { etc, osRelease: join(root, "os-release") };
}

test.skipIf(!hasApt)(
  "Debian's package of suite sid is unpacked, and the machine's apt state is left alone",
  async () => {
    await using folder = await temporaryFolder();
    const archive = await debianArchive(folder.path);
    const target = join(folder.path, "target");
    await mkdir(target);
    const before = (await stat("/var/lib/apt/lists")).mtimeMs;
    const path = await fetchFromApt(target, archive);
    expect(await binaryVersion(path)).toBe("2.14.9");
    expect((await stat("/var/lib/apt/lists")).mtimeMs).toBe(before);
  },
);

test("apt is not asked on another system than Debian", async () => {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, "os-release"), "ID=fedora\n");
  await expect(fetchFromApt(folder.path, { osRelease: join(folder.path, "os-release") })).rejects.toThrow(
    /Debian only/,
  );
});

test("only one holds the folder lock, and the lock of a dead process is taken over", async () => {
  await using folder = await temporaryFolder();
  const lock = join(folder.path, "lock");
  let inside = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++inside);
    await new Promise((resolve) => setTimeout(resolve, 20));
    inside--;
  };
  await Promise.all([1, 2, 3].map(() => withFolderLock(lock, 10_000, work)));
  expect(most).toBe(1);

  const dead = execFileSync("sh", ["-c", "echo $$"], { encoding: "utf8" }).trim();
  await mkdir(lock);
  await writeFile(join(lock, "pid"), dead);
  expect(await withFolderLock(lock, 10_000, async () => "taken")).toBe("taken");
  expect(existsSync(lock)).toBe(false);
});
