/** Typed client of the API. The types come from api-types.ts, which is generated from the API's description. */
import type { components, paths } from './api-types.ts'
import { authorization, reportRefusal } from './credential.ts'
import { t } from './words/words.ts'

type Path = keyof paths
type Get<P extends Path> = paths[P]['get']

/** The response body of a path, named as in /openapi.json: `/customers/{id}`. */
export type ApiResponse<P extends Path> = Get<P>['responses'][200]['content']['application/json']
/** One entry of a list. */
type Item<P extends Path> = ApiResponse<P> extends { readonly items: readonly (infer One)[] } ? One : never

export type Status = ApiResponse<'/status'>
export type Customer = ApiResponse<'/customers/{id}'>
export type Score = Item<'/scores'>
export type Assessment = Item<'/assessments'>
export type Alert = Item<'/alerts'>
export type Case = Item<'/cases'>
export type CaseDetail = ApiResponse<'/cases/{visitId}'>
export type Model = Item<'/models'>
/** Names of tasks that scores can be filtered by. */
export type TaskName = NonNullable<NonNullable<Get<'/scores'>['parameters']['query']>['task']>

/** Live messages by topic. */
export type LiveMessages = components['schemas']
export type LiveTopic = keyof LiveMessages

/** A URL of the API, with the type of its response. */
export type ApiUrl<Result> = string & { readonly result?: Result }

/** Query parameters of a path. */
export type Query<P extends Path> = NonNullable<Get<P>['parameters']['query']>
type Parameters<P extends Path> = Pick<Get<P>['parameters'], 'path' | 'query'>
/** A path without path parameters. */
type FixedPath = Exclude<Path, `${string}{${string}`>

/** Returns the URL of a path with its parameters. */
export function apiUrl<P extends FixedPath>(path: P, parameters?: Parameters<P>): ApiUrl<ApiResponse<P>>
export function apiUrl<P extends Path>(path: P, parameters: Parameters<P>): ApiUrl<ApiResponse<P>>
export function apiUrl<P extends Path>(path: P, parameters?: Parameters<P>): ApiUrl<ApiResponse<P>> {
  const names: Readonly<Record<string, unknown>> = parameters?.path ?? {}
  const pathname = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(names[name])))
  const query = Object.entries(parameters?.query ?? {}).map(([name, value]): [string, string] => [name, String(value)])
  return query.length === 0 ? pathname : `${pathname}?${new URLSearchParams(query).toString()}`
}

/** An error response of the API; the message is the detail of the problem document. */
export class ApiError extends Error {
  readonly status: number

  constructor(status: number, detail: string) {
    super(detail)
    this.status = status
  }
}

/** Reads a URL of the API. Throws an `ApiError` with the detail of the problem document. */
export async function read<Result>(apiUrl: ApiUrl<Result>, signal?: AbortSignal): Promise<Result> {
  const response = await fetch(apiUrl, {
    headers: { accept: 'application/json', ...authorization() },
    ...(signal === undefined ? {} : { signal }),
  })
  return (await parseResponse(response)) as Result
}

/** Posts a change, with the revision that the user has seen in If-Match. Returns the status. Throws an `ApiError`. */
export async function change(path: string, revision: number, body: object): Promise<number> {
  const response = await sendRequest('POST', path, body, revision)
  await parseResponse(response)
  return response.status
}

/** Sends a request. `version`: the version that the user has seen, for If-Match. Throws an `ApiError`. */
export async function send<Result>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: object,
  version?: number,
): Promise<Result> {
  return (await parseResponse(await sendRequest(method, path, body, version))) as Result
}

function sendRequest(method: string, path: string, body?: object, version?: number): Promise<Response> {
  return fetch(path, {
    method,
    headers: {
      accept: 'application/json',
      ...authorization(),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

async function parseResponse(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined
  if (response.ok) return response.json()
  const problem = (await response.json().catch(() => ({}))) as Problem
  if (response.status === 401) reportRefusal(problem.detail ?? '')
  throw new ApiError(
    response.status,
    problemText(problem) ?? t('page.theApiReturnedStatus', { status: response.status }),
  )
}

/** The fields of a problem document that are shown. */
interface Problem {
  readonly detail?: string
  readonly errors?: readonly { readonly path: string; readonly problem: string }[]
}

/** Returns what is wrong, with each wrong field unless it is what the detail says. */
function problemText({ detail, errors = [] }: Problem): string | undefined {
  if (detail === undefined) return undefined
  const fields = errors.filter(({ problem }) => problem !== detail).map(({ path, problem }) => `${path}: ${problem}`)
  return [detail, ...fields].join('\n')
}
