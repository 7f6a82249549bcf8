import { handleErrors } from '../http/error-handling.ts'
import { healthRoute } from './health.ts'
import type { ApiPorts } from '../ports.ts'
import { prometheusRoute } from './prometheus.ts'
import { readinessRoute } from './readiness.ts'
import { secure } from '../http/security.ts'
import { createServer, type Server } from '../http/server.ts'

export type OperationsPorts = Pick<ApiPorts, 'metrics' | 'readiness' | 'logError' | 'hosts'>

/** Builds the server of a process without the API: /health, /ready and /metrics. Not listening yet. */
export function buildOperations(ports: OperationsPorts): Server {
  const server = createServer()
  handleErrors(server, ports.logError)
  secure(server, ports.hosts)
  healthRoute(server)
  readinessRoute(server, ports)
  prometheusRoute(server, ports)
  return server
}
