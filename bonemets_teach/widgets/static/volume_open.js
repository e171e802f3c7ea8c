// The card that opens a study: two native file inputs, a place to drop, the sample, progress, refusals, a choice of series.

function fileInput(label, options, chosen) {
  const id = uid("files");
  const input = h("input", { id, type: "file", multiple: true, ...options, onchange: () => input.files.length && chosen([...input.files], input) });
  // The same file again is a choice too.
  input.addEventListener("click", () => (input.value = ""));
  return { input, element: h("div", { class: "bm-vol-field" }, h("label", { for: id, class: "bm-label" }, label), input) };
}

/** What was refused: which file, what is wrong, what to do. */
function refusalBox() {
  const element = h("div", { class: "bm-vol-refusal", role: "alert" });
  return {
    element,
    clear: () => element.replaceChildren(),
    show({ name, problem, way_out }, isOpen) {
      const words = problem.charAt(0).toUpperCase() + problem.slice(1);
      const cause = name ? [h("strong", {}, name), ` ${problem}.`] : [`${words}${/[.!?]$/.test(words) ? "" : "."}`];
      const way = way_out ? h("p", {}, `${way_out.charAt(0).toUpperCase()}${way_out.slice(1)}.`) : null;
      element.replaceChildren(h("p", {}, cause), ...[way, isOpen ? h("p", {}, "The volume below is still the one from before.") : null].filter(Boolean));
    },
  };
}

/** A button for each of several series. */
function seriesChoice(choose, leave) {
  const element = h("fieldset", { class: "bm-vol-series", hidden: true });
  return {
    element,
    hide: () => (element.hidden = true),
    show(series) {
      const rows = series.map((one) => h("li", {}, h("button", { type: "button", onclick: () => choose(one) }, `${one.description || "No description"} · ${one.files} ${one.files === 1 ? "file" : "files"} · ${one.kind.replace(" Storage", "")}`)));
      element.replaceChildren(h("legend", {}, `The files hold ${series.length} series. Which one?`), h("ul", {}, rows), h("button", { type: "button", class: "bm-quiet", onclick: leave }, "None of them"));
      element.hidden = false;
      element.querySelector("button").focus();
    },
  };
}

/** act: {files(list), sample(), cancel(), series(one)}. */
function openCard(limits, act) {
  const files = fileInput("DICOM files, one .zip, or a NIfTI file (.nii, .nii.gz)", {}, (list) => chosen(list, folder));
  const folder = fileInput("Or a whole folder of DICOM files", { webkitdirectory: true }, (list) => chosen(list, files));
  const chosen = (list, other) => {
    other.input.value = "";
    act.files(list);
  };
  const sample = h("button", { type: "button", onclick: act.sample }, "Open a sample");
  const cancel = h("button", { type: "button", onclick: act.cancel }, "Cancel");
  const cue = progressCue();
  const busyRow = h("div", { class: "bm-vol-busy", hidden: true }, cue.element, cancel);
  const refusal = refusalBox();
  const series = seriesChoice(act.series, act.cancel);
  const most = Math.floor(limits.voxels / 512 / 512);
  const element = h("div", { class: "bm-vol-open" },
    h("div", { class: "bm-vol-fields" }, files.element, folder.element),
    h("div", { class: "bm-actions" }, sample, h("p", { class: "bm-help" }, "No file at hand? The sample is computed in a few seconds. You can also drop files or a folder here.")),
    h("p", { class: "bm-help" }, `Up to ${mib(limits.bytes)} and ${most} slices of 512 × 512; uncompressed CT, or NIfTI of any kind.`),
    busyRow, refusal.element, series.element);
  element.addEventListener("dragover", (event) => {
    event.preventDefault();
    element.dataset.over = "yes";
  });
  element.addEventListener("dragleave", () => delete element.dataset.over);
  element.addEventListener("drop", async (event) => {
    event.preventDefault();
    delete element.dataset.over;
    const list = await droppedFiles(event.dataTransfer, limits.files).catch(() => []);
    act.files(list);
  });
  return {
    element,
    busy(fraction, text, canCancel = true) {
      refusal.clear();
      series.hide();
      const hadFocus = busyRow.contains(document.activeElement);
      [busyRow.hidden, cancel.hidden, sample.disabled] = [false, !canCancel, true];
      if (hadFocus && !canCancel) files.input.focus({ preventScroll: true });
      cue.show(true);
      cue.advance({ fraction, text });
    },
    idle() {
      if (busyRow.contains(document.activeElement)) files.input.focus({ preventScroll: true });
      [busyRow.hidden, sample.disabled] = [true, false];
      cue.show(false);
      series.hide();
    },
    refuse(refused, isOpen) {
      this.idle();
      refusal.show(refused, isOpen);
    },
    choose(list) {
      this.idle();
      series.show(list);
    },
  };
}
