// A token made by Node's own crypto, without any library: token.mjs SECRET PAYLOAD
import { createHmac } from "node:crypto";

const [secret, payload] = process.argv.slice(2);
const part = (text) => Buffer.from(text).toString("base64url");
const signed = `${part('{"alg":"HS256","typ":"JWT"}')}.${part(payload)}`;
console.log(`${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`);
