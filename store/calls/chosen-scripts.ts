import { ScriptChoice } from '../../schemas/calls/script-choices.ts'
import { fromStoredJson } from '../../schemas/json/stored-json.ts'
import type { Reader } from '../database.ts'
import { storableJson } from '../sql/stored-text.ts'
import type { Json } from '../tables.ts'

interface ChosenScript {
  readonly callId: string
  readonly choice: Json<unknown>
  /** By the wall clock, as what is kept is counted. */
  readonly chosenAt: Date
  /** When it was put on record; null: not yet, as far as is known. */
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

/** What a call was given; `undefined`: it has not asked, or so long ago that it is no longer kept. */
export async function chosenScript(database: Reader, callId: string): Promise<StoredChoice | undefined> {
  const row = await database
    .selectFrom('chosen_scripts')
    .select(['choice', 'recordedAt'])
    .where('callId', '=', callId)
    .executeTakeFirst()
  if (row === undefined) return undefined
  return { choice: fromStoredJson(ScriptChoice, row.choice), isRecorded: row.recordedAt !== null }
}

/** Keeps the choice unless the call has one: of two that ask at the same moment both are given the first. */
export async function keepChosen(database: Reader, choice: ScriptChoice): Promise<StoredChoice> {
  await database
    .insertInto('chosen_scripts')
    .values({
      callId: choice.callId,
      choice: storableJson(choice),
      chosenAt: new Date(),
      recordedAt: null,
    })
    .onConflict((conflict) => conflict.column('callId').doNothing())
    .execute()
  return (await chosenScript(database, choice.callId))!
}

export async function tellRecorded(database: Reader, callId: string, at: Date): Promise<void> {
  await database.updateTable('chosen_scripts').set({ recordedAt: at }).where('callId', '=', callId).execute()
}

/** Drops choices of calls that are long over. */
export async function dropChosen(database: Reader, before: Date): Promise<void> {
  await database.deleteFrom('chosen_scripts').where('chosenAt', '<', before).execute()
}
