/**
 * Writes a small PDF whose pages each hold one horizontal line, `72 × (page + 1)` points from the bottom, and a word.
 * @param options.locked adds an encryption dictionary whose password nobody knows
 */
export function makePdf(
  pages: number,
  options: { widthPt?: number; heightPt?: number; locked?: boolean } = {},
): Uint8Array {
  const { widthPt = 595, heightPt = 842, locked = false } = options;
  const objects: string[] = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Count ${pages} /Kids [${Array.from({ length: pages }, (_, i) => `${4 + 2 * i} 0 R`).join(" ")}] >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  for (let page = 0; page < pages; page++) {
    const content = `2 w 72 ${72 * (page + 1)} m ${widthPt - 72} ${72 * (page + 1)} l S BT /F1 12 Tf 80 20 Td (P-10${page}) Tj ET`;
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${widthPt} ${heightPt}] /Contents ${5 + 2 * page} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    );
  }
  const secret = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
  if (locked) objects.push(`<< /Filter /Standard /V 1 /R 2 /O <${secret}> /U <${secret}> /P -4 >>`);
  let out = "%PDF-1.4\n";
  const offsets = objects.map((object, i) => {
    const at = out.length;
    out += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const xref = out.length;
  const rows = offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  const lock = locked ? ` /Encrypt ${objects.length} 0 R /ID [<00> <00>]` : "";
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  out += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R${lock} >>\nstartxref\n${xref}\n%%EOF\n`;
  return new TextEncoder().encode(out);
}
