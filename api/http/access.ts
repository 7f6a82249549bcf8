import type { FastifyInstance, RouteOptions } from 'fastify'

/**
 * The permissions that routes can require. Not enforced yet, since there is no authentication; every route declares one
 * from the start so that none is forgotten.
 */
export const rights = {
  public: 'None: it exposes no customer data.',
  'write-events': 'Send events: systems of the bank.',
  'read-customers': 'See customers: their scores, reasons, alerts and calls.',
  'read-sales': 'See opportunities, visits and priorities: a salesperson their own.',
  'review-cases': 'Review visits: assign, answer, decide, and snooze alerts, under one’s name.',
  'dispatch-calls':
    'Ask whether customers may be called now, and what is said to them, which is put on record: call systems.',
  score: 'Have a model score what is sent along: nothing is kept.',
  'read-settings': 'See policies, thresholds and the dictionary.',
  'write-settings': 'Change them, under one’s name.',
  'send-messages': 'Try channels, and send dead deliveries again.',
  'read-models': 'See models and features.',
  'read-schemas': 'Read the schemas of topics: consumers and producers.',
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
