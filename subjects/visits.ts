import { assessmentsRoute } from '../api/visits/assessments.ts'
import { opportunitiesRoute } from '../api/visits/opportunities.ts'
import { opportunityReasonsRoute } from '../api/visits/opportunity-reasons.ts'
import { dayPlanRoute } from '../api/visits/day-plan.ts'
import { prioritiesRoutes } from '../api/visits/priorities.ts'
import { visitFeatures } from '../features/visits/visits.ts'
import { conversion } from '../processors/visits/conversion.ts'
import { opportunityStandings } from '../processors/visits/opportunity-standings.ts'
import { planningSetting } from '../processors/visits/planning/planning-setting.ts'
import { policySetting } from '../processors/visits/policy-setting.ts'
import { priorityMerge } from '../processors/visits/priority-merge.ts'
import { visitAssessment } from '../processors/visits/visit-assessment.ts'
import { visitComparison } from '../processors/visits/visit-comparison.ts'
import { visitFactsProcessor } from '../processors/visits/visit-facts.ts'
import { visitPriority } from '../processors/visits/visit-priority.ts'
import { visitVerdicts } from '../processors/visits/visit-verdicts.ts'
import { assessments } from '../schemas/visits/assessments.ts'
import { comparedVisits } from '../schemas/visits/compared-visits.ts'
import { visitAssessments } from '../schemas/visits/visit-assessments.ts'
import { visitEvidence } from '../schemas/visits/visit-evidence.ts'
import { customerPlaces } from '../schemas/visits/places.ts'
import { planning } from '../schemas/visits/planning.ts'
import { policies } from '../schemas/visits/policies.ts'
import { priorities, priorityShares } from '../schemas/visits/priorities.ts'
import { standings } from '../schemas/visits/standings.ts'
import { opportunities, visits as visitTopic } from '../schemas/visits/visits.ts'
import { customerPlacesWriter } from '../store/visits/customer-places.ts'
import { opportunitiesWriter } from '../store/visits/opportunities.ts'
import { prioritiesWriter } from '../store/visits/priorities.ts'
import { assessmentsWriter } from '../store/visits/assessments.ts'
import { visitsWriter } from '../store/visits/visits.ts'
import type { Subject } from './subject.ts'

/** Whom to visit first, and which visits never happened. */
export const visits: Subject = {
  name: 'visits',
  topics: [
    visitTopic,
    opportunities,
    customerPlaces,
    standings,
    priorityShares,
    priorities,
    assessments,
    comparedVisits,
    visitEvidence,
    visitAssessments,
    policies,
    planning,
  ],
  featureSets: [visitFeatures],
  processors: [
    conversion,
    opportunityStandings,
    visitPriority,
    priorityMerge,
    visitAssessment,
    visitFactsProcessor,
    visitComparison,
    visitVerdicts,
  ],
  learnableTasks: [{ task: 'conversion', features: visitFeatures, algorithm: 'ngram-logistic' }],
  settings: [policySetting, planningSetting],
  writers: [opportunitiesWriter, visitsWriter, customerPlacesWriter, prioritiesWriter, assessmentsWriter],
  routes: [opportunitiesRoute, prioritiesRoutes, dayPlanRoute, opportunityReasonsRoute, assessmentsRoute],
  liveTopics: [priorities, assessments],
}
