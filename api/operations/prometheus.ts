import type { ApiPorts } from '../ports.ts'
import type { Server } from '../http/server.ts'

/** Adds the /metrics route, and measures every request. */
export function prometheusRoute(server: Server, { metrics }: Pick<ApiPorts, 'metrics'>): void {
  server.addHook('onResponse', (request, reply, done) => {
    // Labelled by the route's pattern: URLs would have unbounded cardinality.
    metrics.requestAnswered(request.routeOptions.url ?? 'unknown', request.method, reply.statusCode, reply.elapsedTime)
    done()
  })
  server.get(
    '/metrics',
    {
      config: { access: 'operate' },
      schema: {
        tags: ['operations'],
        summary: 'Metrics for Prometheus',
        response: {
          200: { description: 'Text format 0.0.4.', content: { 'text/plain': { schema: { type: 'string' } } } },
        },
      },
    },
    async (_request, reply) =>
      reply
        .type(metrics.contentType)
        .serializer(String)
        .send(await metrics.text()),
  )
}
