import { labelJoin } from '../../../processors/models/label-join.ts'
import type { CustomerFeatures } from '../../../schemas/customers/customer-features.ts'
import { customerFeatures } from '../../../schemas/customers/customer-features.ts'
import { labelledRows, type LabelledRow } from '../../../schemas/models/labelled-rows.ts'
import { outcomes, type Outcome } from '../../../schemas/models/outcomes.ts'
import { scores, type Score } from '../../../schemas/models/scores.ts'
import type { Database } from '../../../store/database.ts'
import { createReplay, noGlobals, type ReplayInput } from '../../../streams/replay/replay.ts'
import { put } from '../store-under-test.ts'

interface Served {
  readonly scores: readonly Score[]
  readonly outcomes: readonly Outcome[]
  readonly features?: readonly CustomerFeatures[]
}

/** Joins outcomes with scores as the platform does, and stores the labelled rows. Returns what was published. */
export async function putLabelled(database: Database, served: Served): Promise<LabelledRow[]> {
  const inputs: ReplayInput[] = [
    ...(served.features ?? []).map((value) => ({ topic: customerFeatures, value })),
    ...served.scores.map((value) => ({ topic: scores, value })),
    ...served.outcomes.map((value) => ({ topic: outcomes, value })),
  ]
  const published = (await createReplay(labelJoin).run(inputs, noGlobals)).map(({ value }) => value as LabelledRow)
  await put(database, labelledRows, published)
  return published
}
