import { customerFeaturesWriter, profilesWriter } from './customers.ts'
import { alertsWriter, assessmentsWriter, prioritiesWriter } from './decisions.ts'
import { opportunitiesWriter, visitsWriter } from './opportunities.ts'
import { deadLettersWriter, outcomesWriter } from './records.ts'
import { scoresWriter } from './scores.ts'
import type { SinkWriter } from './writer.ts'

/** One a topic. */
export const writers: readonly SinkWriter[] = [
  profilesWriter,
  opportunitiesWriter,
  visitsWriter,
  outcomesWriter,
  customerFeaturesWriter,
  scoresWriter,
  prioritiesWriter,
  assessmentsWriter,
  alertsWriter,
  deadLettersWriter,
]
