import { ScriptChoice } from '../../schemas/calls/script-choices.ts'
import { fromStoredJson } from '../../schemas/json/stored-json.ts'
import type { Database, Reader } from '../database.ts'
import { storableJson } from '../sql/stored-text.ts'
import type { Json } from '../tables.ts'
import { countUse, saveScript, type ScriptContent, type ScriptGroup } from './scripts.ts'

interface ChosenScript {
  readonly callId: string
  readonly choice: Json<unknown>
  /** Wall-clock time, which retention counts from. */
  readonly chosenAt: Date
  /** When the choice was recorded; null if that has not been confirmed. */
  readonly recordedAt: Date | null
}

declare module '../tables.ts' {
  interface Tables {
    chosen_scripts: ChosenScript
  }
}

export interface StoredChoice {
  readonly choice: ScriptChoice
  readonly isRecorded: boolean
}

/** Returns the choice made for a call; `undefined` if it never asked, or so long ago that the choice was dropped. */
export async function chosenScript(database: Reader, callId: string): Promise<StoredChoice | undefined> {
  const row = await database
    .selectFrom('chosen_scripts')
    .select(['choice', 'recordedAt'])
    .where('callId', '=', callId)
    .executeTakeFirst()
  if (row === undefined) return undefined
  return { choice: fromStoredJson(ScriptChoice, row.choice), isRecorded: row.recordedAt !== null }
}

/**
 * Stores the choice unless the call already has one, so that concurrent requests for a call all get the first choice.
 * A stored choice is one use of its script. The script is stored too, unless it is already, by whichever process
 * comes first.
 */
export async function saveChosenScript(
  database: Database,
  choice: ScriptChoice,
  script: ScriptContent,
  group: ScriptGroup | undefined,
): Promise<StoredChoice> {
  await database.transaction().execute(async (transaction) => {
    const at = new Date(choice.occurredAt)
    await saveScript(transaction, script, group, at)
    const inserted = await transaction
      .insertInto('chosen_scripts')
      .values({ callId: choice.callId, choice: storableJson(choice), chosenAt: new Date(), recordedAt: null })
      .onConflict((conflict) => conflict.column('callId').doNothing())
      .returning('callId')
      .execute()
    if (inserted.length > 0) await countUse(transaction, script.id, at)
  })
  return (await chosenScript(database, choice.callId))!
}

export async function markRecorded(database: Reader, callId: string, at: Date): Promise<void> {
  await database.updateTable('chosen_scripts').set({ recordedAt: at }).where('callId', '=', callId).execute()
}

/** Deletes choices made before that time, whose calls are long over. */
export async function pruneChosenScripts(database: Reader, before: Date): Promise<void> {
  await database.deleteFrom('chosen_scripts').where('chosenAt', '<', before).execute()
}
