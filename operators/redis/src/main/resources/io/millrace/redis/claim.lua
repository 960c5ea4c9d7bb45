-- Claims a fence for an epoch. KEYS: the fence. ARGV: epoch, owner. Returns {'DONE', newest batch or -1}, {'FENCED', newest epoch},
-- {'FOREIGN', owner} or {'BROKEN', what happened}.
local fence, epoch, owner = KEYS[1], tonumber(ARGV[1]), ARGV[2]
local state = redis.call('HMGET', fence, 'epoch', 'owner', 'broken')
local newest = tonumber(state[1] or '-1')
if newest > epoch then
  return {'FENCED', newest}
end
if state[3] then
  return {'BROKEN', state[3]}
end
if state[2] and state[2] ~= owner then
  if newest > 0 then
    return {'FOREIGN', state[2]}
  end
  redis.call('DEL', fence) -- of a job without a checkpoint directory, whose batches are numbered by their times
end
redis.call('HSET', fence, 'owner', owner, 'epoch', ARGV[1])
local last = -1
local fields = redis.call('HGETALL', fence)
for i = 1, #fields, 2 do
  if string.sub(fields[i], 1, 6) == 'batch:' then
    last = math.max(last, tonumber(fields[i + 1]))
  end
end
return {'DONE', last}
