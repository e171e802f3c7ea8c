// What lies over a picture: the crosshair, the learner's marks, and, once asked for, the truth.

const OVERLAY = {
  cursor: { color: "#7fe7ee" },
  mark: { color: "#ffd166", dash: [] },
  hit: { color: "#7ee2a0", dash: [] },
  miss: { color: "#ff8f80", dash: [5, 4] },
  benign: { color: "#c3b6ff", dash: [2, 3] },
};
const NEAR_MM = 7; // a mark is drawn in the slices about as near to it as a small lesion is thick

/** A line that shows on black and on white: dark below, light above. */
function twice(context, color, draw) {
  for (const [style, width] of [["rgba(0, 0, 0, 0.75)", 3.5], [color, 1.6]]) {
    Object.assign(context, { strokeStyle: style, lineWidth: width });
    context.beginPath();
    draw();
    context.stroke();
  }
}

function drawCursor(context, [x, y], [width, height]) {
  context.setLineDash([]);
  twice(context, OVERLAY.cursor.color, () => {
    for (const [from, to] of [[[0, y], [x - 22, y]], [[x + 22, y], [width, y]], [[x, 0], [x, y - 22]], [[x, y + 22], [x, height]]]) {
      context.moveTo(...from);
      context.lineTo(...to);
    }
  });
}

function drawTag(context, text, x, y, color) {
  context.font = "600 13px system-ui, sans-serif";
  context.setLineDash([]);
  Object.assign(context, { lineWidth: 3, strokeStyle: "rgba(0, 0, 0, 0.85)", fillStyle: color, textBaseline: "middle" });
  context.strokeText(text, x, y);
  context.fillText(text, x, y);
}

function drawMark(context, [x, y], text, active) {
  const { color } = OVERLAY.mark;
  context.setLineDash([]);
  twice(context, color, () => context.arc(x, y, active ? 11 : 8, 0, 2 * Math.PI));
  drawTag(context, text, x + 13, y - 9, color);
}

/** A finding is an ellipsoid: its outline shrinks away from its middle; a projection shows the whole of it. */
function drawOutline(context, series, slice, shape, toScreen) {
  const off = series.projection ? 0 : (slice - shape.slice) / Math.max(shape.slices, 0.5);
  if (Math.abs(off) >= 1) return;
  const share = Math.sqrt(1 - off * off);
  const { color, dash } = OVERLAY[shape.verdict];
  const [x, y] = toScreen(shape.row, shape.column);
  const [right, bottom] = toScreen(shape.row + shape.rows * share, shape.column + shape.columns * share);
  const [wide, high] = [Math.max(Math.abs(right - x), 6), Math.max(Math.abs(bottom - y), 6)];
  context.setLineDash(dash);
  twice(context, color, () => context.ellipse(x, y, wide, high, 0, 0, 2 * Math.PI));
  context.setLineDash([]);
  drawTag(context, shape.label, x + wide * 0.75 + 4, y + high * 0.75 + 6, color);
}

/** A mark made on a projection has no depth: across the line of sight it is a ring, along it a line. */
function drawSightMark(context, { series, slice, toScreen }, mark, active) {
  const [near, far] = [-400, 400].map((mm) => placeIn(series, mark.position.map((value, n) => value + mm * mark.sight[n])));
  const place = placeIn(series, mark.position);
  const through = (Math.abs(far.slice - near.slice) * series.gap_mm) / 800;
  if (series.projection || through > 0.7) {
    const share = through > 0.1 && !series.projection ? (slice - near.slice) / (far.slice - near.slice) : 0.5;
    drawMark(context, toScreen(near.row + share * (far.row - near.row), near.column + share * (far.column - near.column)), String(mark.number), active);
    return;
  }
  if (Math.abs(place.slice - slice) * series.gap_mm > Math.max(NEAR_MM, series.gap_mm / 2)) return;
  context.setLineDash([6, 6]);
  twice(context, OVERLAY.mark.color, () => {
    context.moveTo(...toScreen(near.row, near.column));
    context.lineTo(...toScreen(far.row, far.column));
  });
  const [x, y] = toScreen(place.row, place.column);
  drawTag(context, String(mark.number), within(x, 12, context.canvas.clientWidth - 24) + 6, y - 9, OVERLAY.mark.color);
}

/** Whether a place belongs to a slice: a projection shows every depth. */
function isNear(series, slice, place, reach_mm = NEAR_MM) {
  return place.inside !== false && (series.projection || Math.abs(place.slice - slice) * series.gap_mm <= Math.max(reach_mm, series.gap_mm / 2));
}

/** Draw all that belongs to one slice; toScreen(row, column) gives canvas pixels. */
function drawOverlay(context, { series, slice, size, toScreen, cursor, marks, active, shapes, shown }) {
  if (!shown) return;
  for (const shape of shapes) if (shape.series === (series.base ?? series).id) drawOutline(context, series, slice, shape, toScreen);
  for (const mark of marks) {
    if (mark.sight) {
      drawSightMark(context, { series, slice, toScreen }, mark, mark.number === active);
      continue;
    }
    const place = placeIn(series, mark.position);
    if (isNear(series, slice, place)) drawMark(context, toScreen(place.row, place.column), String(mark.number), mark.number === active);
  }
  if (!cursor) return;
  const place = placeIn(series, cursor);
  if (place.inside) drawCursor(context, toScreen(place.row, place.column), size);
}
