import { authorization, reportRefusal } from './credential.ts'

const RETRY_MS = 3_000

export interface EventStreamHandlers {
  onOpen(): void
  /** `name` and `data` of a server-sent event. */
  onEvent(name: string, data: string): void
  onLost(): void
  /** The credential has no right to the stream; it is not asked for again. */
  onForbidden(): void
}

/**
 * Reads server-sent events with the credential of this tab, which EventSource can’t send, and reconnects when they break
 * off. Returns a function that ends it. A credential that is refused, or lacks the right, ends it too.
 */
export function followEvents(url: string, handlers: EventStreamHandlers): () => void {
  const controller = new AbortController()
  const { signal } = controller
  let timer: number | undefined

  async function connect(): Promise<void> {
    try {
      const response = await fetch(url, { headers: { accept: 'text/event-stream', ...authorization() }, signal })
      if (response.status === 401) {
        const { detail = '' } = (await response.json()) as { readonly detail?: string }
        return reportRefusal(detail)
      }
      if (response.status === 403) return handlers.onForbidden()
      if (response.ok && response.body !== null) {
        handlers.onOpen()
        await readEvents(response.body, handlers)
      }
    } catch {
      // The connection broke: it is made again below.
    }
    if (signal.aborted) return
    handlers.onLost()
    timer = window.setTimeout(() => void connect(), RETRY_MS)
  }

  void connect()
  return () => {
    controller.abort()
    clearTimeout(timer)
  }
}

async function readEvents(body: ReadableStream<Uint8Array>, { onEvent }: EventStreamHandlers): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader()
  let pending = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const blocks = (pending + value).split('\n\n')
    pending = blocks.pop()!
    for (const block of blocks) {
      const { event, data } = parseEvent(block)
      if (data !== undefined) onEvent(event ?? 'message', data)
    }
  }
}

/** Parses the fields of one event, of which the API sends each in one line; comments are skipped. */
function parseEvent(block: string): { readonly event?: string; readonly data?: string } {
  const fields = block.split('\n').flatMap((line) => {
    const [, name, value] = /^(event|data): ?(.*)$/.exec(line) ?? []
    return name === undefined ? [] : [[name, value!] as const]
  })
  return Object.fromEntries(fields)
}
