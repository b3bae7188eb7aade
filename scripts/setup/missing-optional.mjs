const OS = { android: "android", darwin: "darwin", linux: "linux", win32: "win32", freebsd: "freebsd" };
const CPU = {
  arm64: "arm64",
  x64: "x64",
  arm: "arm",
  gnueabihf: "arm",
  riscv64: "riscv64",
  ia32: "ia32",
  ppc64: "ppc64",
  s390x: "s390x",
};

/**
 * Optional dependencies that no entry of a package-lock resolves, with the entry each should have.
 * @param {Record<string, { optionalDependencies?: Record<string, string>, dev?: boolean }>} packages
 */
export function missingOptional(packages) {
  const missing = new Map();
  for (const [path, { optionalDependencies = {}, dev }] of Object.entries(packages))
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (resolves(packages, path, name)) continue;
      if (!/^\d+\.\d+\.\d+[\w.+-]*$/.test(version))
        throw new Error(`${path} wants ${name} ${version}: only an exact version can be added`);
      const words = name.split(/[-/]/);
      const pick = (/** @type {Record<string, string>} */ names) => [
        ...new Set(words.flatMap((word) => names[word] ?? [])),
      ];
      const libc = words.some((word) => word === "musl") ? ["musl"] : undefined;
      const entry = {
        version,
        cpu: pick(CPU),
        ...(dev ? { dev } : {}),
        ...(libc && { libc }),
        optional: true,
        os: pick(OS),
      };
      missing.set(name, { name, entry });
    }
  return [...missing.values()];
}

/**
 * Node's way of looking: in the package's own node_modules, then in those of each folder above.
 * @param {object} packages
 * @param {string} path
 * @param {string} name
 */
function resolves(packages, path, name) {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf("node_modules/") - 1))) {
    if (`${at ? `${at}/` : ""}node_modules/${name}` in packages) return true;
    if (at === "") return false;
  }
}
