package dev.latchkey.guard.jaxrs;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where annotations of a resource's method may stand, the nearest first: the method and those that it overrides, then the class
 * that declares it and those above, then the resource's own class, of whose annotations only methods of its own should know
 * (Jakarta Annotations §2.1).
 */
record Annotated(List<AnnotatedElement> elements) {
    /** An annotation, and how far away it stands. */
    record Found<A extends Annotation>(A annotation, int distance) {}

    static Annotated of(Method method, Class<?> type) {
        Set<AnnotatedElement> methods = new LinkedHashSet<>();
        Set<AnnotatedElement> declaring = new LinkedHashSet<>();
        Set<AnnotatedElement> below = new LinkedHashSet<>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            boolean declares = declared(method, each, methods);
            Set<AnnotatedElement> classes = declares || !declaring.isEmpty() ? declaring : below;
            classes.add(each);
            interfaces(method, each, methods, classes);
        }
        methods.add(method);
        methods.addAll(declaring);
        methods.addAll(below);
        return new Annotated(List.copyOf(methods));
    }

    private static void interfaces(
            Method method, Class<?> type, Set<AnnotatedElement> methods, Set<AnnotatedElement> classes) {
        for (Class<?> each : type.getInterfaces()) {
            declared(method, each, methods);
            classes.add(each);
            interfaces(method, each, methods, classes);
        }
    }

    private static boolean declared(Method method, Class<?> type, Set<AnnotatedElement> methods) {
        try {
            return methods.add(type.getDeclaredMethod(method.getName(), method.getParameterTypes()));
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    /** The nearest one. */
    <A extends Annotation> @Nullable Found<A> find(Class<A> annotation) {
        for (int i = 0; i < elements.size(); i++) {
            A found = elements.get(i).getAnnotation(annotation);
            if (found != null) {
                return new Found<>(found, i);
            }
        }
        return null;
    }

    /** How far away the nearest of these stands. */
    int distance(List<Class<? extends Annotation>> annotations) {
        List<Integer> distances = new ArrayList<>(List.of(Integer.MAX_VALUE));
        for (Class<? extends Annotation> annotation : annotations) {
            Found<?> found = find(annotation);
            if (found != null) {
                distances.add(found.distance());
            }
        }
        return distances.stream().mapToInt(Integer::intValue).min().orElseThrow();
    }
}
