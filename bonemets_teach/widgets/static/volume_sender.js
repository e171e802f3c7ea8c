// Sends files to the kernel in pieces; a few are under way at a time, and each is acknowledged.

const PIECES_UNDER_WAY = 4;

/** heard: {progress(arrived, size), failed(refusal)}. */
function makeSender(model, limits, heard) {
  let job = null;

  const pump = async (mine) => {
    if (mine.busy) return;
    mine.busy = true;
    while (job === mine && mine.sent < mine.blob.size && mine.sent - mine.arrived < PIECES_UNDER_WAY * limits.piece) {
      const end = Math.min(mine.sent + limits.piece, mine.blob.size);
      const bytes = await mine.blob.slice(mine.sent, end).arrayBuffer().catch(() => null);
      if (job !== mine) return;
      if (bytes?.byteLength !== end - mine.sent) {
        stop();
        heard.failed({ name: mine.name, problem: "can't be read, or was changed while it was sent", way_out: "choose it again" });
        return;
      }
      model.send({ type: "piece", upload: mine.key, offset: mine.sent }, undefined, [bytes]);
      mine.sent = end;
    }
    mine.busy = false;
  };
  const announceFiles = (mine) => model.send({ type: "open", upload: mine.key, files: mine.files.map((file) => ({ name: pathOf(file), size: file.size })) });
  /** End what is under way, here and in the kernel. */
  const stop = () => {
    if (job) model.send({ type: "cancel", upload: job.key });
    job = null;
  };
  return {
    start(files) {
      stop();
      job = { key: newUuid(), files, name: files.length === 1 ? pathOf(files[0]) : `${files.length} files`, blob: new Blob(files), sent: 0, arrived: 0, busy: false };
      announceFiles(job);
    },
    stop,
    done: () => (job = null),
    key: () => job?.key ?? null,
    begun(upload) {
      if (job?.key === upload) pump(job);
    },
    got(upload, bytes) {
      if (job?.key !== upload) return;
      job.arrived = bytes;
      heard.progress(bytes, job.blob.size);
      pump(job);
    },
    /** After a lost connection nobody knows which pieces came through, so all are sent again. */
    again() {
      if (!job) return false;
      job = { ...job, key: newUuid(), sent: 0, arrived: 0, busy: false };
      announceFiles(job);
      return true;
    },
    choose: (series) => job && model.send({ type: "series", upload: job.key, series }),
  };
}
