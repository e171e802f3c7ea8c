"""Widgets: thin anywidget classes; what a learner touches is native HTML in `static/`."""
