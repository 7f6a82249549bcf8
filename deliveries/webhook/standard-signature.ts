import { Webhook } from 'standardwebhooks'

/** Returns the Standard Webhooks signature of a message under one secret: `v1,` and base64. */
export function standardSignature(secret: string, id: string, at: Date, body: string | Buffer): string {
  return new Webhook(secret).sign(id, at, body)
}
