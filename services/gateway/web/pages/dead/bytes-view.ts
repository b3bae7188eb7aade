/** Bytes as people look at them: offset, hexadecimal, and the characters that can be shown; at most `most` bytes. */
export function hexDump(base64: string, most = 1024): string {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)).subarray(0, most);
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const row = [...bytes.subarray(at, at + 16)];
    const hex = row.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const text = row.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : "·")).join("");
    lines.push(`${at.toString(16).padStart(4, "0")}  ${hex.padEnd(47)}  ${text}`);
  }
  return lines.join("\n");
}
