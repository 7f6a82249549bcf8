import webhooks from 'twilio/lib/webhooks/webhooks.js'

/**
 * Whether Twilio signed the request that opens a connection: the header X-Twilio-Signature is the HMAC of the public
 * address with the auth token. `url`: the address as written in the TwiML.
 */
export function isSigned(authToken: string, url: string, signature: string | undefined): boolean {
  return signature !== undefined && webhooks.validateRequest(authToken, signature, url, {})
}
