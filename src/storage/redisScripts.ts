/**
 * What must happen at once, in Lua. Each script touches the two keys of one conversation only, which share a hash tag
 * and so a node of a cluster: `chat:{id}` (a hash: version, last, state, f:<fingerprint>) and `chat:{id}:activities`
 * (a stream whose entry n-0 is activity n).
 */

/**
 * One of the two keys may be evicted without the other: then all of the conversation is gone, never half of it.
 * A script is refused for want of memory only before its first write, so this one writes nothing needlessly.
 */
const FIND = `
local function find()
  local last = redis.call('HGET', KEYS[1], 'last')
  if last and (last == '0' or redis.call('EXISTS', KEYS[2]) == 1) then return tonumber(last) end
  if redis.call('EXISTS', KEYS[1], KEYS[2]) > 0 then redis.call('DEL', KEYS[1], KEYS[2]) end
  return nil
end
`;

/** ARGV: silence in ms, channel, id, state, fingerprint or '', activities… */
const KEEP = `
local function keep(last)
  local first = last + 1
  for i = 6, #ARGV do
    last = last + 1
    redis.call('XADD', KEYS[2], last .. '-0', 'a', ARGV[i])
  end
  redis.call('HSET', KEYS[1], 'last', last, 'state', ARGV[4])
  redis.call('HINCRBY', KEYS[1], 'version', 1)
  if ARGV[5] ~= '' then redis.call('HSET', KEYS[1], 'f:' .. ARGV[5], first) end
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
  redis.call('PEXPIRE', KEYS[2], ARGV[1])
  return first, last
end
`;

/** Returns 1, or 0 where the conversation is there already. */
const CREATE = `${FIND}${KEEP}
if find() then return 0 end
keep(0)
return 1
`;

/** ARGV as above, with the version before the activities. Returns [kind, first, last]. */
const APPEND = `${FIND}${KEEP}
local version = table.remove(ARGV, 6)
local last = find()
if not last then return {'unknown', 0, 0} end
if ARGV[5] ~= '' then
  local known = redis.call('HGET', KEYS[1], 'f:' .. ARGV[5])
  if known then return {'known', tonumber(known), 0} end
end
if redis.call('HGET', KEYS[1], 'version') ~= version then return {'overtaken', 0, 0} end
local first, now = keep(last)
redis.call('PUBLISH', ARGV[2], 'appended ' .. ARGV[3] .. ' ' .. now)
return {'appended', first, now}
`;

/** ARGV: field of a fingerprint. Returns [version, state, known], or nothing. */
const OPEN = `${FIND}
if not find() then return nil end
return redis.call('HMGET', KEYS[1], 'version', 'state', ARGV[1])
`;

/** ARGV: after, limit. Returns [last, entries], or nothing. */
const READ = `${FIND}
local last = find()
if not last then return nil end
return {last, redis.call('XRANGE', KEYS[2], '(' .. ARGV[1] .. '-0', '+', 'COUNT', ARGV[2])}
`;

/** ARGV: channel, id. */
const ERASE = `
redis.call('DEL', KEYS[1], KEYS[2])
redis.call('PUBLISH', ARGV[1], 'erased ' .. ARGV[2])
return 1
`;

/** For ioredis: each is sent once to a server and then called by its hash. */
export const SCRIPTS = {
  chatCreate: { lua: CREATE, numberOfKeys: 2 },
  chatAppend: { lua: APPEND, numberOfKeys: 2 },
  chatOpen: { lua: OPEN, numberOfKeys: 2 },
  chatRead: { lua: READ, numberOfKeys: 2 },
  chatErase: { lua: ERASE, numberOfKeys: 2 },
};
