import createFetchClient from 'openapi-fetch'

export function createScoreline(options) {
  return createFetchClient(options)
}
