import { customerFeaturesWriter, profilesWriter } from './customers.ts'
import { alertsWriter } from './alerts.ts'
import { assessmentsWriter } from './assessments.ts'
import { prioritiesWriter } from './priorities.ts'
import { gapsWriter } from './gaps.ts'
import { interestsWriter } from './interests.ts'
import { opportunitiesWriter, visitsWriter } from './opportunities.ts'
import { deadLettersWriter, outcomesWriter } from './records.ts'
import { contactsWriter, organisationsWriter } from './organisations.ts'
import { potentialCustomersWriter } from './potential-customers.ts'
import { recommendationsWriter } from './recommendations.ts'
import { scoresWriter } from './scores.ts'
import { turnAnalysesWriter } from './turns.ts'
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
