/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/mixed_channel.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static void destroy(struct mixed_channel *channel)
{
	if (!channel)
		return;
	if (channel->part.wanted)
		count_job_deinit(&channel->job);
	free(channel);
}

void mixed_channels_deinit(struct mixed_channels *channels)
{
	struct mixed_channel *channel;

	while ((channel = channels->first)) {
		channels->first = channel->next;
		destroy(channel);
	}
}

static bool begin_job(struct mixed_channel *channel, struct error *err)
{
	channel->map.count = 0;
	channel->given = 0;
	channel->follow = 0;
	if (count_job_init(&channel->job, &channel->ingestion,
			   &channel->options.plan, err))
		return true;
	count_job_deinit(&channel->job);
	channel->part.wanted = false;
	return false;
}

static bool create(struct mixed_channels *channels, const struct format *format,
		   struct mixed_channel **ret, struct error *err)
{
	struct mixed_channel *channel = calloc(1, sizeof(*channel));

	if (!channel)
		return error_no_memory(err);
	channel->part = (struct mixed_part){
		.format = format,
		.path = channels->path,
		.of_log = channels->of_log,
		.plan = channels->options->plan,
	};
	channel->rank = -1;
	if (!channels->taker->begin(channels->taker, &channel->part, err))
		goto out_channel;
	channel->options = *channels->options;
	channel->options.format = format;
	channel->options.plan = channel->part.plan;
	channel->options.plan.lines = &channel->map;
	channel->options.state = channel->part.state;
	channel->ingestion.options = &channel->options;
	channel->ingestion.format = format;
	if (channel->part.wanted && !begin_job(channel, err))
		goto out_channel;
	*ret = channel;
	return true;
out_channel:
	free(channel);
	return false;
}

static void append(struct mixed_channels *channels,
		   struct mixed_channel *channel)
{
	struct mixed_channel **end = &channels->first;

	while (*end)
		end = &(*end)->next;
	*end = channel;
}

bool mixed_channels_find(struct mixed_channels *channels,
			 const struct format *format,
			 struct mixed_channel **ret, struct error *err)
{
	struct mixed_channel *channel = channels->first;

	while (channel && channel->part.format != format)
		channel = channel->next;
	if (!channel) {
		if (!create(channels, format, &channel, err))
			return false;
		append(channels, channel);
		if (format->companion &&
		    !mixed_channels_find(channels, format->companion,
					 &channel->companion, err))
			return false;
	}
	*ret = channel;
	return true;
}

static bool give(struct mixed_channel *channel, struct span lines,
		 uint64_t line, struct error *err)
{
	uint64_t count = span_count_lines(lines);

	if (lines.length && span_end(lines)[-1] != '\n')
		count++;
	if (line != channel->follow)
		line_map_note(&channel->map, channel->given + 1, line);
	channel->given += count;
	channel->lines += count;
	channel->follow = line + count;
	return count_job_block(&channel->job, lines, err);
}

bool mixed_channel_give(struct mixed_channel *channel, struct span lines,
			uint64_t line, struct error *err)
{
	if (!lines.length)
		return true;
	if (channel->part.wanted && !give(channel, lines, line, err))
		return false;
	return !channel->companion ||
	       mixed_channel_give(channel->companion, lines, line, err);
}

bool mixed_channel_table(struct mixed_channel *channel, int rank, uint64_t line,
			 bool *ret_taken, struct error *err)
{
	bool counted = channel->tables || channel->lines;

	*ret_taken = true;
	if (!channel->part.wanted || channel->part.format->counts)
		return true;
	channel->tables++;
	if (counted && channel->rank >= 0 && rank > channel->rank) {
		*ret_taken = false;
		return true;
	}
	channel->rank = rank;
	channel->table_line = line;
	if (!counted)
		return true;
	count_job_deinit(&channel->job);
	return begin_job(channel, err);
}

/* ---- boots ---- */

static void note_boot(struct mixed_channel *channel)
{
	uint64_t seen = channel->job.snapshot.seen;

	channel->boots += seen > channel->boot_begin;
	channel->boot_begin = seen;
}

bool mixed_channel_renew(struct mixed_channel *channel, struct error *err)
{
	const struct format *format = channel->part.format;
	struct count_job *job = &channel->job;

	if (!channel->part.wanted || job->borrowed || !channel->given)
		return true;
	if (!format->finish(job->state, ENDING_INPUT, &job->tallier.sink,
			    err)) {
		job->finished = true;
		return false;
	}
	memset(job->state, 0, format->state_size);
	channel->map.count = 0;
	channel->given = 0;
	channel->follow = 0;
	note_boot(channel);
	return true;
}

bool mixed_channels_boot(struct mixed_channels *channels, struct error *err)
{
	struct mixed_channel *channel;

	for (channel = channels->first; channel; channel = channel->next)
		if (channel->part.format->reported &&
		    !mixed_channel_renew(channel, err))
			return false;
	return true;
}

/* ---- the end ---- */

static bool say(struct mixed_channel *channel, struct error *err)
{
	const struct format *format = channel->part.format;
	struct snapshot *snapshot = &channel->job.snapshot;
	char text[200];

	if (channel->tables > 1) {
		snprintf(text, sizeof(text),
			 "%" PRIu64 " tables of %s in it; the one at line "
			 "%" PRIu64 " is counted",
			 channel->tables, format->name, channel->table_line);
		if (!snapshot_remark(snapshot, text, err))
			return false;
	}
	if (channel->boots < 2 || format->counts)
		return true;
	snprintf(text, sizeof(text),
		 "%" PRIu64 " boots in it; what %s has of each is added up",
		 channel->boots, format->name);
	return snapshot_remark(snapshot, text, err);
}

static bool end(struct mixed_channels *channels, struct mixed_channel *channel,
		struct error *err)
{
	struct snapshot snapshot;

	if (!channel->part.wanted)
		return true;
	if (!count_job_finish(&channel->job, err))
		return false;
	note_boot(channel);
	channel->job.snapshot.lines = channel->lines;
	if (!say(channel, err) ||
	    !tallier_conclude(&channel->options.plan, &channel->job.snapshot,
			      err))
		return false;
	snapshot = count_job_take(&channel->job);
	channels->strays += snapshot.strays;
	return channels->taker->end(channels->taker, &channel->part, &snapshot,
				    err);
}

bool mixed_channels_end(struct mixed_channels *channels, struct error *err)
{
	struct mixed_channel *channel;

	while ((channel = channels->first)) {
		if (!end(channels, channel, err))
			return false;
		channels->first = channel->next;
		destroy(channel);
	}
	return true;
}
