import { sql, type Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { Tables } from '../tables.ts'

/** A channel that receives nothing until its setting is changed or its dead deliveries are sent again. */
export interface HeldChannel {
  readonly channel: string
  /** The held version of the channel; a newer version is not held. */
  readonly version: number
  readonly reason: string
}

declare module '../tables.ts' {
  interface Tables {
    held_channels: HeldChannel & { readonly heldAt: GeneratedTime }
  }
}

export async function holdChannel(database: Database, { channel, version, reason }: HeldChannel): Promise<void> {
  await database
    .insertInto('held_channels')
    .values({ channel, version, reason })
    .onConflict((conflict) => conflict.column('channel').doUpdateSet({ version, reason, heldAt: sql`now()` }))
    .execute()
}

export async function heldChannels(database: Kysely<Tables>): Promise<HeldChannel[]> {
  return database.selectFrom('held_channels').select(['channel', 'version', 'reason']).execute()
}

/** Releases a held channel, or all of them if `undefined`. */
export async function releaseChannels(database: Kysely<Tables>, channel: string | undefined): Promise<void> {
  const query = database.deleteFrom('held_channels')
  await (channel === undefined ? query : query.where('channel', '=', channel)).execute()
}
