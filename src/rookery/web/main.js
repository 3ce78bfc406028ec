/**
 * Starts the page: the client, then what shows it.
 */
import { browserClient } from "./chat/client.js";
import { Page } from "./ui/page.js";

const client = browserClient();
const page = new Page(client);
await client.start();
page.start();
