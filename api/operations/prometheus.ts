import type { ApiPorts } from '../ports.ts'
import type { Server } from '../http/server.ts'

/** Metrics in the text format of Prometheus, and the measurement of every request. */
export function prometheusRoute(server: Server, { metrics }: Pick<ApiPorts, 'metrics'>): void {
  server.addHook('onResponse', (request, reply, done) => {
    // The pattern of the route, not its address: addresses are without number.
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
