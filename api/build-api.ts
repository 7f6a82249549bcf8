import { asyncapiRoute } from './events/asyncapi.ts'
import { controlAccess } from './access/access.ts'
import { allowOrigins } from './access/cross-origin.ts'
import { limitRates } from './access/rate-limit.ts'
import { createLiveCalls } from './calls/live-calls.ts'
import { eventsRoutes } from './events/events.ts'
import { registryRoutes } from './events/registry.ts'
import { checkAddresses } from './http/addresses.ts'
import { docsRoutes } from './http/docs-page.ts'
import { handleErrors } from './http/error-handling.ts'
import { refuseOtherMethods } from './http/methods.ts'
import { describeApi, openapiRoute } from './http/openapi.ts'
import { servePage } from './http/page.ts'
import { problemRoutes } from './http/problem-pages.ts'
import { secure } from './http/security.ts'
import { createServer, type Server } from './http/server.ts'
import { dropUnreadBodies } from './http/unread-bodies.ts'
import { createKnownNames } from './known-names.ts'
import { liveRoute } from './live/live.ts'
import { createRowNames } from './models/named-row.ts'
import { changesRoutes } from './operations/changes.ts'
import { createFreshness, addFreshnessHeaders } from './operations/freshness.ts'
import { healthRoute } from './operations/health.ts'
import { prometheusRoute } from './operations/prometheus.ts'
import { readinessRoute } from './operations/readiness.ts'
import { settingKindsRoute } from './operations/setting-kinds.ts'
import { statusRoute } from './operations/status.ts'
import type { ApiPorts } from './ports.ts'
import type { Routes } from './routes.ts'
import { telephonyRoutes } from './telephony/telephony-routes.ts'
import { versionedSettingsRoutes } from './versioned-settings.ts'

/** Builds the API server with the page, not listening yet. `resources`: the routes of each subject. */
export async function buildApi(ports: ApiPorts, resources: readonly Routes[]): Promise<Server> {
  const server = createServer()
  handleErrors(server, ports.logError)
  const origins = ports.access.mode === 'open' ? [] : ports.access.origins
  await allowOrigins(server, origins)
  secure(server, ports.hosts, origins)
  checkAddresses(server)
  dropUnreadBodies(server)
  refuseOtherMethods(server)
  controlAccess(server, ports)
  await limitRates(server, ports.access)
  await describeApi(server)

  const freshness = createFreshness(ports)
  addFreshnessHeaders(server, freshness)
  healthRoute(server)
  readinessRoute(server, ports)
  statusRoute(server, ports, freshness)
  prometheusRoute(server, ports)
  eventsRoutes(server, ports)
  const context = {
    ...ports,
    names: createRowNames(ports.featureSets),
    knownNames: createKnownNames(ports.database, ports.hashedNames),
  }
  for (const addRoutes of resources) addRoutes(server, context)
  versionedSettingsRoutes(server, ports)
  settingKindsRoute(server, ports)
  changesRoutes(server, ports)
  liveRoute(server, ports)
  registryRoutes(server, ports)
  problemRoutes(server)
  openapiRoute(server)
  asyncapiRoute(server, ports)
  await docsRoutes(server)
  await servePage(server, ports)
  await telephonyRoutes(server, ports, createLiveCalls(ports))
  return server
}
