import { checkAddresses } from './http/addresses.ts'
import { alertsRoute } from './customers/alerts.ts'
import { assessmentsRoute } from './visits/assessments.ts'
import { customerRoute } from './customers/customer.ts'
import { customersRoute } from './customers/customers.ts'
import { deadLettersRoute } from './operations/dead-letters.ts'
import { dictionaryRoutes } from './recommendations/dictionary.ts'
import { handleErrors } from './http/error-handling.ts'
import { eventsRoutes } from './events/events.ts'
import { featuresRoute } from './customers/features.ts'
import { createFreshness, tellFreshness } from './operations/freshness.ts'
import { gapsRoute } from './operations/gaps.ts'
import { healthRoute } from './operations/health.ts'
import { liveRoute } from './live/live.ts'
import { refuseOtherMethods } from './http/methods.ts'
import { modelsRoute } from './models/models.ts'
import { createKnownNames } from './known-names.ts'
import { createRowNames } from './models/named-row.ts'
import { docsRoutes } from './http/docs-page.ts'
import { describeApi, openapiRoute } from './http/openapi.ts'
import { opportunitiesRoute } from './visits/opportunities.ts'
import { servePage } from './http/page.ts'
import type { ApiPorts } from './ports.ts'
import { potentialCustomersRoute } from './loans/potential-customers.ts'
import { opportunityReasonsRoute } from './visits/opportunity-reasons.ts'
import { prioritiesRoutes } from './visits/priorities.ts'
import { problemRoutes } from './http/problem-pages.ts'
import { prometheusRoute } from './operations/prometheus.ts'
import { readinessRoute } from './operations/readiness.ts'
import { interestsRoute } from './recommendations/interests.ts'
import { recommendationsRoute } from './recommendations/recommendations.ts'
import { registryRoutes } from './events/registry.ts'
import { scoreRoute } from './models/score.ts'
import { scoresRoutes } from './models/scores.ts'
import { secure } from './http/security.ts'
import { createServer, type Server } from './http/server.ts'
import { statusRoute } from './operations/status.ts'
import { turnsRoutes } from './calls/turns.ts'
import { versionedSettingsRoutes } from './versioned-settings.ts'

/** The whole API and the page, not listening yet. A resource is one file and one line here. */
export async function buildApi(ports: ApiPorts): Promise<Server> {
  const server = createServer()
  const names = createRowNames(ports.featureSets)
  const known = createKnownNames(ports.database, ports.hashedNames)
  handleErrors(server, ports.logError)
  secure(server, ports.hosts)
  checkAddresses(server)
  refuseOtherMethods(server)
  await describeApi(server)

  const freshness = createFreshness(ports)
  tellFreshness(server, freshness)
  healthRoute(server)
  readinessRoute(server, ports)
  statusRoute(server, ports, freshness)
  prometheusRoute(server, ports)
  eventsRoutes(server, ports)
  customersRoute(server, ports)
  customerRoute(server, ports, names)
  scoresRoutes(server, ports, names)
  scoreRoute(server, ports, names)
  recommendationsRoute(server, ports, names, known)
  interestsRoute(server, ports, names, known)
  featuresRoute(server, ports)
  opportunitiesRoute(server, ports)
  prioritiesRoutes(server, ports, names)
  opportunityReasonsRoute(server, ports, names)
  assessmentsRoute(server, ports)
  alertsRoute(server, ports)
  potentialCustomersRoute(server, ports)
  turnsRoutes(server, ports)
  deadLettersRoute(server, ports)
  gapsRoute(server, ports)
  versionedSettingsRoutes(server, ports)
  dictionaryRoutes(server, ports)
  modelsRoute(server, ports)
  liveRoute(server, ports)
  registryRoutes(server, ports)
  problemRoutes(server)
  openapiRoute(server)
  docsRoutes(server)
  await servePage(server, ports)
  return server
}
