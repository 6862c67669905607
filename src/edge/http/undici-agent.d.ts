/** The part of undici that is needed where there is no proxy: a third of the whole to load. */
declare module 'undici/lib/dispatcher/agent.js' {
  import { Agent } from 'undici'
  export default Agent
}
