/** Send a file to the server's file host. Source: soju.im/FILEHOST. XMLHttpRequest, since fetch tells no progress. */

/** What people are told, by HTTP status. @type {Record<number, string>} */
const REFUSALS = {
  401: "Files can be sent by accounts only: sign in again.",
  403: "You may not send files here.",
  413: "The file is too large for this server.",
  415: "The server does not take files of this kind.",
  429: "Too many files at once: wait a moment.",
  507: "There is no room for more files on the server.",
};

/**
 * @param {string} address @param {File} file @param {string} credentials base64 of name, colon, password
 * @param {(share: number) => void} onProgress
 * @returns {Promise<string>} where the file is
 */
export const upload = (address, file, credentials, onProgress) => new Promise((resolve, reject) => {
  if (!address) throw new Error("This server takes no files.");
  const request = new XMLHttpRequest();
  request.open("POST", address);
  request.setRequestHeader("Authorization", `Basic ${credentials}`);
  request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
  request.setRequestHeader("Content-Disposition", `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`);
  request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
  request.onerror = () => reject(new Error("The file was not sent: there is no connection."));
  request.onload = () => {
    const where = request.getResponseHeader("Location");
    if (request.status === 201 && where) resolve(new URL(where, address).href);
    else reject(new Error(REFUSALS[request.status] ?? "The server did not take the file."));
  };
  request.send(file);
});
