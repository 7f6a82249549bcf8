import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** A turn of a tourist or of the service, with its acts: [act, domain, slot, value]. */
export interface CrosswozMessage {
  readonly role: string
  readonly content: string
  readonly dialog_act: readonly (readonly string[])[]
}

/** Reads the messages of each dialogue of zh_crosswoz; `undefined`: the data are not present. */
export function readCrosswoz(): readonly (readonly CrosswozMessage[])[] | undefined {
  const file = join(resolve(process.env['SCORELINE_DATA'] ?? '../shared/data'), 'zh_crosswoz/val.json.gz')
  if (!existsSync(file)) return undefined
  const dialogues = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as Record<
    string,
    { readonly messages: readonly CrosswozMessage[] }
  >
  return Object.values(dialogues).map(({ messages }) => messages)
}
