import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import { previewRoute } from './preview.ts'
import { receiveRoute } from './receive.ts'
import { replayRoute } from './replay.ts'
import { unmappedRoute } from './unmapped.ts'
import { createWebhookSources } from './webhook-sources.ts'

/** Routes of webhooks from other systems: receiving them, trying a mapping, and what could not be mapped. */
export function webhooksRoutes(server: Server, ports: ApiPorts): void {
  const sources = createWebhookSources(ports)
  receiveRoute(server, ports, sources)
  previewRoute(server, ports, sources)
  unmappedRoute(server, ports)
  replayRoute(server, ports, sources)
}
