-- Writes a part of a batch, wholly or not at all. KEYS: the fence, then what is written. ARGV: epoch, owner, batch, partition, '1' if
-- something is incremented, then chunks of frames: command (1 byte), index into KEYS (4 bytes), number of arguments (1 byte), and for
-- each argument its length (4 bytes) and its bytes. Returns {'DONE', newest batch before or -1}, {'THERE', newest batch},
-- {'FENCED', newest epoch}, {'FOREIGN', owner}, {'REFUSED', reason} or {'BROKEN', what happened}.
--
-- Redis does not take back what a script has written before a command failed. So all is checked first, then written.
local fence, epoch, owner, partition = KEYS[1], tonumber(ARGV[1]), ARGV[2], ARGV[4]
local state = redis.call('HMGET', fence, 'epoch', 'owner', 'broken', 'batch:' .. partition)
local newest = tonumber(state[1] or '-1')
if newest > epoch then
  return {'FENCED', newest}
end
if state[3] then
  return {'BROKEN', state[3]}
end
if state[2] and state[2] ~= owner then
  return {'FOREIGN', state[2]}
end
local last = tonumber(state[4] or '-1')
if tonumber(ARGV[3]) <= last then
  return {'THERE', last}
end

-- By their code, see RedisWrite.Command; the kind of value that a command needs, if any
local COMMANDS = {
  {'SET'}, {'DEL'}, {'PEXPIRE'}, {'INCRBY', 'string'}, {'HSET', 'hash'}, {'HDEL', 'hash'}, {'HINCRBY', 'hash'},
  {'SADD', 'set'}, {'SREM', 'set'}, {'ZADD', 'zset'}, {'ZREM', 'zset'}, {'RPUSH', 'list'}
}

-- Calls visit(command, index of key, argument, argument) for every write until it returns something, and returns that
local function each(visit)
  for chunk = 6, #ARGV do
    local frames, at = ARGV[chunk], 1
    while at <= #frames do
      local code, key, count, a, b
      code, key, count, at = struct.unpack('>BI4B', frames, at)
      if count > 0 then
        a, at = struct.unpack('>I4c0', frames, at)
      end
      if count > 1 then
        b, at = struct.unpack('>I4c0', frames, at)
      end
      local stop = visit(COMMANDS[code + 1], key, a, b)
      if stop then
        return stop
      end
    end
  end
end

local kinds = {} -- what is under a key once the writes before have been done
local erased = {} -- how often a key was replaced as a whole
local numbers = {} -- what is in a place that is incremented, as far as it is known; false if it is no number
local counts = ARGV[5] == '1'

local function number(text)
  if not text then
    return 0
  end
  if text ~= '0' and not string.match(text, '^%-?[1-9]%d*$') then
    return false
  end
  return #text <= 20 and tonumber(text)
end

local function place(key, field)
  return key .. ':' .. (erased[key] or 0) .. ':' .. (field or '')
end

local function check(command, key, a, b)
  local name, needed = command[1], command[2]
  if needed then
    local kind = kinds[key] or redis.call('TYPE', KEYS[key]).ok
    if kind ~= 'none' and kind ~= needed then
      return name .. ' needs a ' .. needed .. ', but ' .. KEYS[key] .. ' holds a ' .. kind
    end
    kinds[key] = needed
  elseif name == 'SET' or name == 'DEL' then
    kinds[key] = name == 'SET' and 'string' or 'none'
    erased[key] = (erased[key] or 0) + 1
  end
  if not counts then
    return nil
  end
  if name == 'SET' then
    numbers[place(key)] = number(a)
  elseif name == 'HSET' then
    numbers[place(key, a)] = number(b)
  elseif name == 'HDEL' then
    numbers[place(key, a)] = 0
  elseif name == 'INCRBY' or name == 'HINCRBY' then
    local field = name == 'HINCRBY' and a or nil
    local spot = place(key, field)
    local value = numbers[spot]
    if value == nil then
      if erased[key] then
        value = 0
      elseif field then
        value = number(redis.call('HGET', KEYS[key], field))
      else
        value = number(redis.call('GET', KEYS[key]))
      end
    end
    local where = KEYS[key] .. (field and (' ' .. field) or '')
    if not value then
      return name .. ' needs an integer, but there is something else in ' .. where
    end
    value = value + tonumber(field and b or a)
    if math.abs(value) > 9.2e18 then
      return name .. ' would go beyond 9.2e18 in ' .. where
    end
    numbers[spot] = value
  end
  return nil
end

local reason = each(check)
if reason then
  return {'REFUSED', reason}
end

local done = 0
local failure = each(function(command, key, a, b)
  local reply
  if b then
    reply = redis.pcall(command[1], KEYS[key], a, b)
  elseif a then
    reply = redis.pcall(command[1], KEYS[key], a)
  else
    reply = redis.pcall(command[1], KEYS[key])
  end
  if type(reply) == 'table' and reply.err then
    return command[1] .. ' ' .. KEYS[key] .. ': ' .. reply.err
  end
  done = done + 1
end)
if failure and done == 0 then
  return {'REFUSED', failure}
end
if failure then
  local broken = 'batch ' .. ARGV[3] .. ' (partition ' .. partition .. ') was written up to its write ' .. done .. ', then ' .. failure
  redis.call('HSET', fence, 'broken', broken)
  return {'BROKEN', broken}
end
redis.call('HSET', fence, 'owner', owner, 'epoch', ARGV[1], 'batch:' .. partition, ARGV[3])
return {'DONE', last}
