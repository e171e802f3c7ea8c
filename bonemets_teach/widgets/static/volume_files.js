// The files that a learner chose or dropped, and what can be said of them before a byte is sent.

const mib = (bytes) => `${Number((bytes / 2 ** 20).toFixed(bytes < 2 ** 20 ? 2 : 1))} MiB`;
const pathOf = (file) => file.webkitRelativePath || file.relativePath || file.name;

/** What is wrong with a choice, as {name, problem, way_out}, or null. */
function choiceProblem(files, limits) {
  if (!files.length) return { name: "The choice", problem: "holds no file", way_out: "choose DICOM files, a .zip or a NIfTI file" };
  const total = files.reduce((sum, file) => sum + file.size, 0);
  if (files.length > limits.files) return { name: "The choice", problem: `holds ${files.length} files, more than ${limits.files}`, way_out: "choose the folder of one series" };
  if (total === 0) return { name: pathOf(files[0]), problem: "is empty", way_out: "fetch it again" };
  if (total > limits.bytes) {
    const name = files.length === 1 ? pathOf(files[0]) : `${files.length} files`;
    return { name, problem: `${files.length === 1 ? "has" : "have"} ${mib(total)}, more than ${mib(limits.bytes)}`, way_out: "choose one series, or make a smaller volume of it (thicker slices, a part of the body)" };
  }
  return null;
}

/** All files below a dropped folder; readEntries gives at most a hundred at a time. */
async function filesBelow(entry, most, found) {
  if (found.length > most) return found;
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    file.relativePath = entry.fullPath.replace(/^\//, "");
    found.push(file);
    return found;
  }
  const reader = entry.createReader();
  for (;;) {
    const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!batch.length) return found;
    for (const inner of batch) await filesBelow(inner, most, found);
  }
}

async function droppedFiles(transfer, most) {
  // Entries must be taken before the first wait: the browser forgets them afterwards.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files];
  const found = [];
  for (const entry of entries) await filesBelow(entry, most, found);
  return found;
}
