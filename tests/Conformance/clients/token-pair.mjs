// A key pair and a token signed with it, by Node's own crypto: token-pair.mjs RS256|ES256 KID PAYLOAD JWKS_FILE
import { generateKeyPairSync, sign } from "node:crypto";
import { writeFileSync } from "node:fs";

const [alg, kid, payload, file] = process.argv.slice(2);
const { publicKey, privateKey } = alg === "RS256" ? generateKeyPairSync("rsa", { modulusLength: 2048 }) : generateKeyPairSync("ec", { namedCurve: "P-256" });
const part = (text) => Buffer.from(text).toString("base64url");
const signed = `${part(JSON.stringify({ alg, kid }))}.${part(payload)}`;
writeFileSync(file, JSON.stringify({ keys: [{ ...publicKey.export({ format: "jwk" }), kid, use: "sig", alg }] }));
console.log(`${signed}.${sign("sha256", Buffer.from(signed), { key: privateKey, dsaEncoding: "ieee-p1363" }).toString("base64url")}`);
