import { callsRoutes } from '../api/calls/calls.ts'
import { callSessionsRoutes } from '../api/calls/call-sessions.ts'
import { campaignFunnelRoute } from '../api/calls/campaign-funnel.ts'
import { campaignListsRoutes } from '../api/calls/campaign-lists.ts'
import { campaignPacingRoute } from '../api/calls/campaign-pacing.ts'
import { callOutcomeRoute } from '../api/calls/call-outcome.ts'
import { contactDecisionsRoute } from '../api/calls/contact-decisions.ts'
import { contactPermissionRoutes } from '../api/calls/contact-permission.ts'
import { contactRefusalsRoutes } from '../api/calls/contact-refusals.ts'
import { deskListRoutes } from '../api/calls/desk-list.ts'
import { desksRoutes } from '../api/calls/desks.ts'
import { dispatchRoute } from '../api/calls/dispatch.ts'
import { recentSessionsRoutes } from '../api/calls/recent-sessions.ts'
import { scriptsRoutes } from '../api/calls/scripts.ts'
import { scriptChoicesRoutes } from '../api/calls/script-choices.ts'
import { scriptDatabaseRoutes } from '../api/calls/script-database.ts'
import { scriptEstimatesRoute } from '../api/calls/script-estimates.ts'
import { scriptGroupQualityRoute } from '../api/calls/script-group-quality.ts'
import { scriptRetirementsRoutes } from '../api/calls/script-retirements.ts'
import { scriptRevisionsRoutes } from '../api/calls/script-revisions.ts'
import { sessionStepsRoutes } from '../api/calls/session-steps.ts'
import { targetGroupsRoutes } from '../api/calls/target-groups.ts'
import { turnsRoutes } from '../api/calls/turns.ts'
import { turnFeatures } from '../features/calls/turns.ts'
import { customerFeatures } from '../features/customers/customer.ts'
import { campaignSetting } from '../processors/calls/contact/campaign-setting.ts'
import { contactRuleSetting } from '../processors/calls/contact/contact-rule-setting.ts'
import { campaignQueueProcessor } from '../processors/calls/lists/campaign-queue.ts'
import { dispositionSetting } from '../processors/calls/lists/disposition-setting.ts'
import { productSetting } from '../processors/calls/product-setting.ts'
import { scriptChoiceSetting } from '../processors/calls/script-choice-setting.ts'
import { callsToRouteProcessor } from '../processors/calls/routing/calls-to-route.ts'
import { routingPlanSetting } from '../processors/calls/routing/routing-plan-setting.ts'
import { routing } from '../processors/calls/routing/routing.ts'
import { sessionSetting } from '../processors/calls/session-setting.ts'
import { scriptTemplateSetting } from '../processors/calls/script-template-setting.ts'
import { targetGroupSetting } from '../processors/calls/target-group-setting.ts'
import { turnAnalysis } from '../processors/calls/turn-analysis.ts'
import { agentStates } from '../schemas/calls/agent-states.ts'
import { callAttempts } from '../schemas/calls/call-attempts.ts'
import { callsToRoute } from '../schemas/calls/calls-to-route.ts'
import { calls as callTopic } from '../schemas/calls/calls.ts'
import { campaignEntries } from '../schemas/calls/campaign-entries.ts'
import { campaignQueue } from '../schemas/calls/campaign-queue.ts'
import { campaigns } from '../schemas/calls/campaigns.ts'
import { contactPermissions } from '../schemas/calls/contact-permissions.ts'
import { contactRefusals } from '../schemas/calls/contact-refusals.ts'
import { contactRules } from '../schemas/calls/contact-rules.ts'
import { dispositions } from '../schemas/calls/dispositions.ts'
import { products } from '../schemas/calls/products.ts'
import { scriptChoicePolicies } from '../schemas/calls/script-choice-policies.ts'
import { scriptChoices } from '../schemas/calls/script-choices.ts'
import { scriptRetirements } from '../schemas/calls/script-retirements.ts'
import { reservationAnswers } from '../schemas/calls/reservation-answers.ts'
import { routingDecisions } from '../schemas/calls/routing-decisions.ts'
import { routingPlans } from '../schemas/calls/routing-plans.ts'
import { routingRequests } from '../schemas/calls/routing-requests.ts'
import { scriptTemplates } from '../schemas/calls/script-templates.ts'
import { sessionPolicies } from '../schemas/calls/session-policies.ts'
import { sessionSteps } from '../schemas/calls/session-steps.ts'
import { targetGroups } from '../schemas/calls/target-groups.ts'
import { turnAnalyses, turns } from '../schemas/calls/turns.ts'
import { callAttemptsWriter } from '../store/calls/call-attempts.ts'
import { callsWriter } from '../store/calls/calls.ts'
import { campaignQueueWriter } from '../store/calls/campaign-queue.ts'
import { contactPermissionsWriter } from '../store/calls/contact-permissions.ts'
import { contactRefusalsWriter } from '../store/calls/contact-refusals.ts'
import { scriptChoicesWriter } from '../store/calls/script-choices.ts'
import { scriptRetirementsWriter } from '../store/calls/script-retirements.ts'
import { sessionStepsWriter } from '../store/calls/session-steps.ts'
import { deskAgentsWriter } from '../store/calls/desk-agents.ts'
import { routingDecisionsWriter } from '../store/calls/routing-decisions.ts'
import { turnAnalysesWriter } from '../store/calls/turns.ts'
import { callPersons } from '../store/calls/persons.ts'
import type { Subject } from './subject.ts'

/** Whom to call, who may be called, and what to say in a call. */
export const calls: Subject = {
  name: 'calls',
  topics: [
    callTopic,
    turns,
    turnAnalyses,
    products,
    scriptTemplates,
    targetGroups,
    contactPermissions,
    contactRules,
    campaigns,
    contactRefusals,
    campaignEntries,
    dispositions,
    callAttempts,
    campaignQueue,
    scriptChoicePolicies,
    scriptChoices,
    scriptRetirements,
    agentStates,
    routingRequests,
    callsToRoute,
    reservationAnswers,
    routingPlans,
    routingDecisions,
    sessionPolicies,
    sessionSteps,
  ],
  featureSets: [turnFeatures],
  processors: [turnAnalysis, campaignQueueProcessor, callsToRouteProcessor, routing],
  learnableTasks: [{ task: 'call-conversion', features: customerFeatures, algorithm: 'logistic' }],
  settings: [
    productSetting,
    scriptTemplateSetting,
    scriptChoiceSetting,
    targetGroupSetting,
    contactRuleSetting,
    campaignSetting,
    dispositionSetting,
    routingPlanSetting,
    sessionSetting,
  ],
  writers: [
    turnAnalysesWriter,
    callsWriter,
    contactPermissionsWriter,
    contactRefusalsWriter,
    callAttemptsWriter,
    campaignQueueWriter,
    scriptChoicesWriter,
    scriptRetirementsWriter,
    deskAgentsWriter,
    routingDecisionsWriter,
    sessionStepsWriter,
  ],
  personTables: callPersons,
  routes: [
    turnsRoutes,
    callsRoutes,
    scriptsRoutes,
    scriptChoicesRoutes,
    scriptDatabaseRoutes,
    scriptGroupQualityRoute,
    scriptEstimatesRoute,
    scriptRetirementsRoutes,
    targetGroupsRoutes,
    contactPermissionRoutes,
    contactDecisionsRoute,
    contactRefusalsRoutes,
    campaignListsRoutes,
    campaignFunnelRoute,
    campaignPacingRoute,
    dispatchRoute,
    callOutcomeRoute,
    deskListRoutes,
    desksRoutes,
    recentSessionsRoutes,
    callSessionsRoutes,
    sessionStepsRoutes,
    scriptRevisionsRoutes,
  ],
}
