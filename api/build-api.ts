import { checkAddresses } from './addresses.ts'
import { alertsRoute } from './alerts.ts'
import { assessmentsRoute } from './assessments.ts'
import { customerRoute } from './customer.ts'
import { customersRoute } from './customers.ts'
import { deadLettersRoute } from './dead-letters.ts'
import { dictionaryRoutes } from './dictionary.ts'
import { handleErrors } from './error-handling.ts'
import { eventsRoutes } from './events.ts'
import { featuresRoute } from './features.ts'
import { createFreshness, tellFreshness } from './freshness.ts'
import { gapsRoute } from './gaps.ts'
import { healthRoute } from './health.ts'
import { liveRoute } from './live.ts'
import { refuseOtherMethods } from './methods.ts'
import { modelsRoute } from './models.ts'
import { createKnownNames } from './known-names.ts'
import { createRowNames } from './named-row.ts'
import { docsRoutes } from './docs-page.ts'
import { describeApi, openapiRoute } from './openapi.ts'
import { opportunitiesRoute } from './opportunities.ts'
import { servePage } from './page.ts'
import type { ApiPorts } from './ports.ts'
import { potentialCustomersRoute } from './potential-customers.ts'
import { opportunityReasonsRoute } from './opportunity-reasons.ts'
import { prioritiesRoutes } from './priorities.ts'
import { problemRoutes } from './problem-pages.ts'
import { prometheusRoute } from './prometheus.ts'
import { readinessRoute } from './readiness.ts'
import { interestsRoute } from './interests.ts'
import { recommendationsRoute } from './recommendations.ts'
import { registryRoutes } from './registry.ts'
import { scoreRoute } from './score.ts'
import { scoresRoutes } from './scores.ts'
import { secure } from './security.ts'
import { createServer, type Server } from './server.ts'
import { statusRoute } from './status.ts'
import { turnsRoutes } from './turns.ts'
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
