import { sql, type Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { Tables } from '../tables.ts'

/** A channel to which nothing is sent until someone changes it or sends its dead deliveries again. */
export interface HeldChannel {
  readonly channel: string
  /** The version that is held; another one is not. */
  readonly version: number
  readonly reason: string
}

declare module '../tables.ts' {
  interface Tables {
    held_channels: HeldChannel & { readonly heldAt: MadeTime }
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

/** Sends to the channel again; `undefined`: to all of them. */
export async function releaseChannels(database: Kysely<Tables>, channel: string | undefined): Promise<void> {
  const query = database.deleteFrom('held_channels')
  await (channel === undefined ? query : query.where('channel', '=', channel)).execute()
}
