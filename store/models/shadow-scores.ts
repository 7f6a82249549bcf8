import { sql } from 'kysely'
import { ShadowScore, shadowScores } from '../../schemas/models/shadow-scores.ts'
import type { Reader } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const shadowRows = rowsOf(ShadowScore, { without: ['source'] })

declare module '../tables.ts' {
  interface Tables {
    shadow_scores: RowOf<typeof shadowRows>
  }
}

/** Stores the newest score of each subject by each shadow: one task publishes them in order. */
export const shadowScoresWriter = sinkWriter({
  topic: shadowScores,
  rows: shadowRows,
  tables: [{ name: 'shadow_scores', key: ['task', 'modelId', 'subjectId'], keep: 'last' }],
})

/** How the scores of a shadow differ from the live ones of the same rows. */
export interface ShadowComparison {
  readonly modelId: string
  readonly scores: number
  readonly meanScore: number
  readonly meanLiveScore: number | null
  readonly meanDistance: number | null
}

/** Compares each shadow of a task with the live scores. */
export async function shadowComparisons(database: Reader, task: string): Promise<ShadowComparison[]> {
  const { rows } = await sql<ShadowComparison>`
    select model_id as "modelId", count(*)::integer as scores, avg(probability) as "meanScore",
      avg(live_probability) as "meanLiveScore", avg(abs(probability - live_probability)) as "meanDistance"
    from shadow_scores where task = ${task} group by 1 order by 1`.execute(database)
  return rows
}
