/** Which of the heavy native libraries this process has loaded: what an event loop must do without. */
export function heavyLibraries(): string[] {
  // Looking up who is connected takes seconds; Node's types do not know the switch yet.
  const report = Object.assign(process.report, { excludeNetwork: true });
  const { sharedObjects } = report.getReport() as unknown as { sharedObjects: string[] };
  return ["sharp", "vips", "onnxruntime"].filter((name) => sharedObjects.some((path) => path.includes(name)));
}
