// Places in the patient and in a stack of pictures: millimeters (z to the feet, y to the back, x to the left) and pixels.

const within = (value, low, high) => Math.min(Math.max(value, low), high);
const times = (rows, v) => rows.map((row) => row[0] * v[0] + row[1] * v[1] + row[2] * v[2]);

function inverse3(m) {
  const cofactor = (r, c) => m[(r + 1) % 3][(c + 1) % 3] * m[(r + 2) % 3][(c + 2) % 3] - m[(r + 1) % 3][(c + 2) % 3] * m[(r + 2) % 3][(c + 1) % 3];
  const det = m[0][0] * cofactor(0, 0) + m[0][1] * cofactor(0, 1) + m[0][2] * cofactor(0, 2);
  return [0, 1, 2].map((r) => [0, 1, 2].map((c) => cofactor(c, r) / det));
}

const LETTERS = [["H", "F"], ["A", "P"], ["R", "L"]];
const DIRECTIONS = { H: "head", F: "feet", A: "front", P: "back", R: "patient's right", L: "patient's left" };

/** The letter of the direction in which a column of the affine points, and of its opposite. */
function directionOf(column) {
  const axis = [0, 1, 2].reduce((best, n) => (Math.abs(column[n]) > Math.abs(column[best]) ? n : best), 0);
  const [toward, away] = [LETTERS[axis][column[axis] > 0 ? 1 : 0], LETTERS[axis][column[axis] > 0 ? 0 : 1]];
  return { toward, away };
}

/** Add to a series what its geometry needs more than once. */
function prepareSeries(series) {
  const step = [0, 1, 2].map((r) => series.affine[r].slice(0, 3));
  const column = (n) => step.map((row) => row[n]);
  const [down, across] = [directionOf(column(1)), directionOf(column(2))];
  return {
    ...series,
    step,
    origin: [0, 1, 2].map((r) => series.affine[r][3]),
    inverse: inverse3(step),
    gap_mm: Math.hypot(...column(0)),
    through: directionOf(column(0)),
    edges: { top: down.away, bottom: down.toward, left: across.away, right: across.toward },
  };
}

/** Patient position [mm] of a place in a stack; slice, row and column count from the middle of the first pixel. */
function patientAt(series, slice, row, column) {
  return times(series.step, [slice, row, column]).map((value, n) => value + series.origin[n]);
}

/** Where a patient position lies in a stack, and whether its pictures reach there. */
function placeIn(series, mm) {
  const [slice, row, column] = times(series.inverse, mm.map((value, n) => value - series.origin[n]));
  const beside = row < -0.5 || column < -0.5 || row > series.rows - 0.5 || column > series.columns - 0.5;
  const beyond = !series.projection && (slice < -0.75 || slice > series.slices - 0.25);
  return { slice, row, column, inside: !beside && !beyond };
}

/** The position below a pixel; a projection knows no depth, so the depth of the old position stays. */
function pointed(series, slice, row, column, before) {
  const depth = series.projection && before ? placeIn(series, before).slice : slice;
  return patientAt(series, depth, row, column);
}

/** "3.2 cm from the head end, 5.1 cm from the patient's right": for ears. */
function inWords(series, place) {
  const cm = (pixels, mm) => `${((Math.max(pixels, 0) * mm) / 10).toFixed(1)} cm`;
  const { top, left } = series.edges;
  return `${cm(place.row + 0.5, series.pixel_mm[0])} from the top (${DIRECTIONS[top]}), ${cm(place.column + 0.5, series.pixel_mm[1])} from the left edge (${DIRECTIONS[left]})`;
}
