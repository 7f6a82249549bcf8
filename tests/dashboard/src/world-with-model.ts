/** The small world with a model in use, and a gap. */
import { gaps } from '../../../schemas/platform/platform.ts'
import type { Topic } from '../../../schemas/topic.ts'
import { registerModel } from '../../../store/models/models.ts'
import { promoteModel } from '../../../store/models/release-models.ts'
import { applyBatch } from '../../../store/sink/sink.ts'
import { writerOf } from '../../../subjects/subjects.ts'
import type { ApiUnderTest } from '../../api/api-under-test.ts'
import { NOW, storeWorld } from '../../api/stored-world.ts'

const gap = {
  id: 'gap-1',
  occurredAt: NOW,
  source: 'scoreline',
  processor: 'conversion',
  topic: 'visits',
  partition: 0,
  from: 100,
  to: 140,
}

export const MODEL = 'a1b2c3d4e5f6'

export const storeWorldWithModel = async ({ database }: ApiUnderTest): Promise<void> => {
  await storeWorld(database)
  const model = { id: MODEL, task: 'conversion', algorithm: 'ngram-logistic', featureSet: 'visits@1', codeVersion: '1' }
  await registerModel(database, {
    ...model,
    artefact: Buffer.from('{}'),
    metrics: { auc: 0.8123 },
    data: { rows: 1_221 },
  })
  const events = [{ key: 'conversion', value: gap, offset: 0 }]
  await applyBatch(database, writerOf(gaps as Topic), { topic: 'gaps', partition: 0, from: 0, to: 1, events })
  await promoteModel(database, MODEL, 'better than the baseline')
}
