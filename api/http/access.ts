import type { FastifyInstance, RouteOptions } from 'fastify'

/**
 * The permissions that routes can require. Not enforced yet, since there is no authentication; every route declares one
 * from the start so that none is forgotten.
 */
export const rights = {
  public: 'No right is needed: exposes no customer data.',
  'write-events': 'Send events. For the bank’s systems.',
  'read-customers': 'See customers: their scores, reasons, alerts and calls.',
  'read-sales': 'See opportunities, visits and priorities; a salesperson only their own.',
  'review-cases': 'Review visits under one’s own name: assign, answer, decide, and snooze alerts.',
  'dispatch-calls':
    'Ask whether customers may be called now and what to say to them, which is recorded. For call systems.',
  score: 'Have a model score the data in the request; nothing is stored.',
  'read-settings': 'See policies, thresholds and the dictionary.',
  'write-settings': 'Change policies, thresholds and the dictionary under one’s own name.',
  'send-messages': 'Test channels, and send dead deliveries again.',
  'read-models': 'See models and features.',
  'read-schemas': 'Read the schemas of topics. For consumers and producers.',
  operate: 'See the state of the platform: status, metrics, dead letters, deliveries, gaps.',
} as const
export type Right = keyof typeof rights

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The right that the route needs. */
    access?: Right
  }
}

/** Makes the server refuse to start if a route defined after this call declares no permission. */
export function requireAccess(server: Pick<FastifyInstance, 'addHook'>): void {
  const routes: RouteOptions[] = []
  server.addHook('onRoute', (route) => void routes.push(route))
  server.addHook('onReady', (done) => {
    const open = routes.filter(({ config }) => config?.access === undefined || !Object.hasOwn(rights, config.access))
    if (open.length === 0) return done()
    const names = open.map(({ method, url }) => `${[method].flat().join(', ')} ${url}`).join('; ')
    done(new Error(`Routes must declare their permission in \`config.access\`: ${names}.`))
  })
}
