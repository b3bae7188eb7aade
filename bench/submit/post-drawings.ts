/** Posts a drawing again and again, one after the other with a pause between, as people do. @returns ms per answer */
export async function postDrawings(
  gatewayUrl: string,
  drawing: Uint8Array,
  count: number,
  pauseMs: number,
): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const form = new FormData();
    form.append("file", new Blob([drawing as Uint8Array<ArrayBuffer>], { type: "image/png" }), "sheet.png");
    const start = performance.now();
    const answer = await fetch(`${gatewayUrl}/api/diagrams`, { method: "POST", body: form });
    const text = await answer.text();
    times.push(performance.now() - start);
    if (answer.status !== 202)
      throw new Error(`the gateway answered ${answer.status}: ${text.slice(0, 300)}`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return times;
}
