// Before the first paint, so that a chosen theme does not flash; a file because the page allows no inline script.
try {
  const theme = localStorage.getItem("penstock.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is not allowed here: the system's theme it is.
}
