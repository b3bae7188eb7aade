"""Draws how a run went as a small SVG: one line per part of the loss, each on its own scale."""

from pathlib import Path

WIDTH, HEIGHT, LEFT, TOP = 640, 240, 12, 28
COLOURS = ["#0b62a4", "#c0392b", "#1e8449"]


def write_curve(history: list[dict], path: Path, points: int = 160) -> None:
    """`history` is a list of {"step": n, part: mean, ...}; means of neighbours are joined until at most `points` are left."""
    names = [name for name in (history[-1] if history else {}) if name not in ("step", "positives")]
    body = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
            f'<path d="M{LEFT} {TOP}V{HEIGHT - 20}H{WIDTH - LEFT}" fill="none" stroke="#888"/>']
    for index, name in enumerate(names):
        rows = [(row["step"], row[name]) for row in history if name in row]
        size = -(-len(rows) // points)
        parts = [rows[i : i + size] for i in range(0, len(rows), size)]
        line = [(sum(s for s, _ in part) / len(part), sum(v for _, v in part) / len(part)) for part in parts]
        high, last = max(v for _, v in line) or 1.0, max(s for s, _ in rows)
        at = [f"{LEFT + s / last * (WIDTH - 2 * LEFT):.1f},{HEIGHT - 20 - v / high * (HEIGHT - 20 - TOP):.1f}" for s, v in line]
        colour = COLOURS[index % len(COLOURS)]
        body.append(f'<polyline points="{" ".join(at)}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        body.append(f'<text x="{LEFT + 6 + index * 210}" y="18" fill="{colour}">{name}: {line[0][1]:.3g} to {line[-1][1]:.3g}, highest {high:.3g}</text>')
    body.append(f'<text x="{WIDTH - LEFT}" y="{HEIGHT - 5}" text-anchor="end" fill="#555">{history[-1]["step"] if history else 0} steps</text></svg>')
    path.write_text("\n".join(body) + "\n")
