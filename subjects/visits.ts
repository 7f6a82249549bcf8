import { assessmentsRoute } from '../api/visits/assessments.ts'
import { caseActsRoutes } from '../api/visits/case-acts.ts'
import { caseLabelsRoutes } from '../api/visits/case-labels.ts'
import { caseRoute } from '../api/visits/case.ts'
import { casesRoute } from '../api/visits/cases.ts'
import { snoozesRoute } from '../api/visits/snoozes.ts'
import { opportunitiesRoute } from '../api/visits/opportunities.ts'
import { opportunityReasonsRoute } from '../api/visits/opportunity-reasons.ts'
import { policiesRoutes } from '../api/visits/policies.ts'
import { dayPlanRoute } from '../api/visits/day-plan.ts'
import { listChangesRoute } from '../api/visits/list-changes.ts'
import { customerPlacesRoute } from '../api/visits/places.ts'
import { prioritiesRoutes } from '../api/visits/priorities.ts'
import { shadowPoliciesRoute } from '../api/visits/shadow-policies.ts'
import { visitsRoutes } from '../api/visits/visits.ts'
import { visitFeatures } from '../features/visits/visits.ts'
import { alertLimits } from '../processors/visits/cases/alert-limits.ts'
import { caseFindingsProcessor } from '../processors/visits/cases/case-findings.ts'
import { caseRulesSetting } from '../processors/visits/cases/case-rules-setting.ts'
import { snoozeSetting } from '../processors/visits/cases/snooze-setting.ts'
import { visitCases } from '../processors/visits/cases/visit-cases.ts'
import { conversion } from '../processors/visits/conversion.ts'
import { opportunityStandings } from '../processors/visits/opportunity-standings.ts'
import { policyBreaker } from '../processors/visits/policies/policy-breaker.ts'
import { positionHabitsProcessor } from '../processors/visits/position-habits.ts'
import { policyLimitSetting } from '../processors/visits/policies/policy-limit-setting.ts'
import { shadowSetting } from '../processors/visits/policies/shadow-setting.ts'
import { planningSetting } from '../processors/visits/planning/planning-setting.ts'
import { policySetting } from '../processors/visits/policy-setting.ts'
import { priorityMerge } from '../processors/visits/priority-merge.ts'
import { visitAssessment } from '../processors/visits/visit-assessment.ts'
import { visitComparison } from '../processors/visits/visit-comparison.ts'
import { visitFactsProcessor } from '../processors/visits/visit-facts.ts'
import { visitPriority } from '../processors/visits/visit-priority.ts'
import { visitVerdicts } from '../processors/visits/visit-verdicts.ts'
import { evidenceFeatures } from '../processors/visits/verdicts/evidence-features.ts'
import { FALSE_VISIT } from '../processors/visits/verdicts/model-score.ts'
import { verdictLabels } from '../retrainer/lifecycle/verdict-labels.ts'
import { assessments } from '../schemas/visits/assessments.ts'
import { comparedVisits } from '../schemas/visits/compared-visits.ts'
import { visitAssessments } from '../schemas/visits/visit-assessments.ts'
import { visitEvidence } from '../schemas/visits/visit-evidence.ts'
import { alertAdmissions, alertCandidates } from '../schemas/visits/alert-admissions.ts'
import { caseActs } from '../schemas/visits/case-acts.ts'
import { caseFindings } from '../schemas/visits/case-findings.ts'
import { caseRules } from '../schemas/visits/case-rules.ts'
import { cases } from '../schemas/visits/cases.ts'
import { snoozes } from '../schemas/visits/snoozes.ts'
import { customerPlaces } from '../schemas/visits/places.ts'
import { planning } from '../schemas/visits/planning.ts'
import { policies } from '../schemas/visits/policies.ts'
import { policyCounts } from '../schemas/visits/policy-counts.ts'
import { policyHolds } from '../schemas/visits/policy-holds.ts'
import { policyLimits } from '../schemas/visits/policy-limits.ts'
import { shadowAssessments } from '../schemas/visits/shadow-assessments.ts'
import { shadowPolicies } from '../schemas/visits/shadow-policies.ts'
import { positionCounts, positionHabits } from '../schemas/visits/position-habits.ts'
import { priorities, priorityShares } from '../schemas/visits/priorities.ts'
import { standings } from '../schemas/visits/standings.ts'
import { opportunities, visits as visitTopic } from '../schemas/visits/visits.ts'
import { customerPlacesWriter } from '../store/visits/customer-places.ts'
import { casesWriter } from '../store/visits/cases.ts'
import { opportunitiesWriter } from '../store/visits/opportunities.ts'
import { prioritiesWriter } from '../store/visits/priorities.ts'
import { assessmentsWriter } from '../store/visits/assessments.ts'
import { shadowAssessmentsWriter } from '../store/visits/shadow-assessments.ts'
import { visitAssessmentsWriter } from '../store/visits/visit-assessments.ts'
import { visitsWriter } from '../store/visits/visits.ts'
import { visitPersons } from '../store/visits/persons.ts'
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
    positionCounts,
    positionHabits,
    visitAssessments,
    policies,
    policyLimits,
    shadowPolicies,
    shadowAssessments,
    policyCounts,
    policyHolds,
    planning,
    caseRules,
    snoozes,
    caseFindings,
    alertCandidates,
    alertAdmissions,
    caseActs,
    cases,
  ],
  featureSets: [visitFeatures, evidenceFeatures],
  processors: [
    conversion,
    opportunityStandings,
    visitPriority,
    priorityMerge,
    visitAssessment,
    visitFactsProcessor,
    visitComparison,
    positionHabitsProcessor,
    visitVerdicts,
    caseFindingsProcessor,
    alertLimits,
    visitCases,
    policyBreaker,
  ],
  learnableTasks: [
    { task: 'conversion', features: visitFeatures, algorithm: 'ngram-logistic' },
    { task: FALSE_VISIT, features: evidenceFeatures, algorithm: 'logistic', labels: verdictLabels, calibrate: 'platt' },
  ],
  settings: [
    policySetting,
    policyLimitSetting,
    shadowSetting,
    planningSetting,
    caseRulesSetting,
    ...Object.values(snoozeSetting.lists),
  ],
  writers: [
    opportunitiesWriter,
    visitsWriter,
    customerPlacesWriter,
    prioritiesWriter,
    assessmentsWriter,
    shadowAssessmentsWriter,
    visitAssessmentsWriter,
    casesWriter,
  ],
  personTables: visitPersons,
  routes: [
    opportunitiesRoute,
    prioritiesRoutes,
    dayPlanRoute,
    listChangesRoute,
    opportunityReasonsRoute,
    assessmentsRoute,
    visitsRoutes,
    customerPlacesRoute,
    casesRoute,
    caseRoute,
    caseActsRoutes,
    caseLabelsRoutes,
    snoozesRoute,
    policiesRoutes,
    shadowPoliciesRoute,
  ],
  liveTopics: [priorities, assessments, visitAssessments, cases],
}
