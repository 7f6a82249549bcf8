import { createHash } from 'node:crypto'

/** Returns a manifest as a line of JSON with its own checksum. */
export function sealed(manifest: object): string {
  const sha256 = createHash('sha256').update(JSON.stringify(manifest)).digest('hex')
  return `${JSON.stringify({ sha256, manifest })}\n`
}

/** Returns the manifest; `undefined` if the text is not exactly what `sealed` returned for it. */
export function unsealed<Manifest extends object>(text: string): Manifest | undefined {
  try {
    const { manifest } = JSON.parse(text) as { readonly manifest: Manifest }
    return sealed(manifest) === text ? manifest : undefined
  } catch {
    return undefined
  }
}
