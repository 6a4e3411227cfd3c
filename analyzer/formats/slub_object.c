/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/slub_object.h"

void slub_text_keep(struct slub_text *text, struct span span)
{
	text->length = span.length < sizeof(text->bytes) ? span.length
							 : sizeof(text->bytes);
	if (text->length)
		memcpy(text->bytes, span.at, text->length);
}

void slub_object_clear(struct slub_object *object)
{
	object->open = false;
	object->cut = false;
	object->address.length = 0;
	object->offset.length = 0;
	object->cpu.length = 0;
	object->pid.length = 0;
	object->facts = (struct object_facts){
		.age_min = AGE_NONE,
		.age_mean = AGE_NONE,
		.age_max = AGE_NONE,
		.jiffies_now = AGE_NONE,
	};
	object->symbol_length = 0;
	object->stack.open = false;
	object->stack.text.length = 0;
}

void slub_object_open(struct slub_object *object, const struct slub_line *line,
		      uint64_t number)
{
	slub_object_clear(object);
	object->open = true;
	object->first_line = number;
	slub_text_keep(&object->address, line->address);
	slub_text_keep(&object->offset, line->offset);
}

/* As a frame, where it is one: a report may have source lines in it. */
static void add_symbol(struct stack_text *stack, struct span symbol)
{
	struct log_frame frame;

	if (log_frame_parse(symbol, &frame) && frame.kind == LOG_FRAME_WHOLE)
		log_frame_add(stack, &frame);
	else
		stack_text_add(stack, symbol);
}

void slub_object_track(struct slub_object *object, const struct slub_line *line)
{
	struct object_facts *facts = &object->facts;

	if (!object->open || object->symbol_length)
		return;
	facts->age_min = line->age;
	facts->age_mean = line->age;
	facts->age_max = line->age;
	facts->pid_min = (uint32_t)line->pid_number;
	facts->pid_max = (uint32_t)line->pid_number;
	slub_text_keep(&object->cpu, line->cpu);
	slub_text_keep(&object->pid, line->pid);
	log_stack_open(&object->stack);
	add_symbol(&object->stack.text, line->symbol);
	object->symbol_length = object->stack.text.length;
}

void slub_object_note_cut(struct slub_object *object)
{
	object->cut |=
		object->open && (object->stack.open || !object->symbol_length);
}

struct span slub_object_stack(struct slub_object *object)
{
	struct span whole = log_frame_stack(&object->stack.text);
	struct span symbol = {whole.at, object->symbol_length};
	struct span frames = span_skip(whole, symbol.length);

	if (!frames.length || !(object->cut || span_find(frames, symbol)))
		return whole;
	return frames;
}
