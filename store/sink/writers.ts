import type { Topic } from '../../schemas/topic.ts'
import { customerFeaturesWriter, profilesWriter } from './customers/customers.ts'
import { alertsWriter } from './customers/alerts.ts'
import { assessmentsWriter } from './visits/assessments.ts'
import { prioritiesWriter } from './visits/priorities.ts'
import { gapsWriter } from './operations/gaps.ts'
import { interestsWriter } from './recommendations/interests.ts'
import { opportunitiesWriter, visitsWriter } from './visits/opportunities.ts'
import { deadLettersWriter, outcomesWriter } from './operations/records.ts'
import { contactsWriter, organisationsWriter } from './recommendations/organisations.ts'
import { potentialCustomersWriter } from './loans/potential-customers.ts'
import { recommendationsWriter } from './recommendations/recommendations.ts'
import { scoresWriter } from './models/scores.ts'
import { turnAnalysesWriter } from './calls/turns.ts'
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
  potentialCustomersWriter,
  turnAnalysesWriter,
  organisationsWriter,
  contactsWriter,
  recommendationsWriter,
  interestsWriter,
  deadLettersWriter,
  gapsWriter,
]

/** Every topic that the database holds. */
export const sinkTopics: readonly Topic[] = writers.map(({ topic }) => topic)

export function writerOf(topic: Topic): SinkWriter {
  const writer = writers.find((one) => one.topic === topic)
  if (writer === undefined) throw new Error(`The database holds nothing of ${topic.name}.`)
  return writer
}
